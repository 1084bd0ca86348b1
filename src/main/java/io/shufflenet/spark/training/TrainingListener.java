package io.shufflenet.spark.training;

/** Hears how training goes on. Called by the thread that trains: must be quick. */
public interface TrainingListener {
  /** After each iteration: the metrics since the last row, without a validation. */
  void trained(Metrics soFar);

  /** A row of metrics is finished. */
  void measured(Metrics row);

  void validating(long image, long images);

  /** The statistics of normalisation are being recomputed. */
  void recomputing(long image, long images);
}
