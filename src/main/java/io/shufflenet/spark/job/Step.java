package io.shufflenet.spark.job;

/** The steps of a run, one after the other. */
enum Step {
  /** The checkpoint is read, and Spark starts. */
  STARTING,
  PLANNING,
  LISTING,
  /** The driver computes the check image's logits. */
  CHECKING,
  PREDICTING,
  PUBLISHING,
  REPORTING
}
