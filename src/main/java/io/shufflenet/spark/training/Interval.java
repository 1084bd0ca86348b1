package io.shufflenet.spark.training;

import io.shufflenet.spark.model.TrainableNetwork.BatchResult;

/** What training saw since the last row of metrics. */
final class Interval {
  private final long started = System.nanoTime();
  private long images;
  private long correct;
  private double loss;

  void add(BatchResult batch, int size) {
    images += size;
    correct += batch.correct();
    loss += batch.loss() * size;
  }

  /** Mean over the interval's images. */
  double loss() {
    return loss / images;
  }

  /** Share of the interval's augmented images that were classified right, in training mode. */
  double accuracy() {
    return (double) correct / images;
  }

  double imagesPerSecond() {
    return images / ((System.nanoTime() - started) / 1e9);
  }
}
