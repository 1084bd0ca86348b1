package io.shufflenet.spark.dataset;

/** What an input's labels are by their type. */
public enum LabelKind {
  /** The input has no labels. */
  NONE,
  /** Strings: names of classes, or indices in digits. */
  STRING,
  /** Integers: indices of classes. */
  INTEGER
}
