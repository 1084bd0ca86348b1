package io.shufflenet.spark.job;

/** The steps of a run, one after the other. */
enum Step {
  PLANNING,
  LISTING,
  PREDICTING,
  PUBLISHING,
  REPORTING
}
