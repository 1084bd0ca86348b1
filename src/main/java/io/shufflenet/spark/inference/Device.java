package io.shufflenet.spark.inference;

import io.shufflenet.spark.model.Classifier;
import java.util.List;

/** What computes a network. Any number of threads may use it at once. */
interface Device {
  static Device of(Classifier classifier) {
    return new Device() {
      @Override
      public int batchSize() {
        return classifier.batchSize();
      }

      @Override
      public float[][] outputs(List<byte[]> crops) {
        return classifier.outputs(crops);
      }
    };
  }

  /** How many crops it computes best at once. May shrink while it computes. */
  int batchSize();

  /** One row for each crop, in order: logits, and what else the network gives after them. */
  float[][] outputs(List<byte[]> crops);
}
