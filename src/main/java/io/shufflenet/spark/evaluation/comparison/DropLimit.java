package io.shufflenet.spark.evaluation.comparison;

/** Which drops in accuracy a gate counts. */
public enum DropLimit {
  /** As it was measured. */
  ANY,
  /** Only one that chance would make less than once in 20 times. */
  SIGNIFICANT
}
