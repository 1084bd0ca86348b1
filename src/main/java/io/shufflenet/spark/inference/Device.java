package io.shufflenet.spark.inference;

import io.shufflenet.spark.model.Classifier;
import java.util.List;

/** What computes logits. Any number of threads may use it at once. */
interface Device {
  static Device of(Classifier classifier) {
    return new Device() {
      @Override
      public int batchSize() {
        return classifier.batchSize();
      }

      @Override
      public float[][] logits(List<byte[]> crops) {
        return classifier.logits(crops);
      }
    };
  }

  /** How many crops it computes best at once. May shrink while it computes. */
  int batchSize();

  /** One row of logits for each crop, in order. */
  float[][] logits(List<byte[]> crops);
}
