package io.shufflenet.spark.dataset;

/** What becomes of a label that is not a class of the model. */
public enum LabelPolicy {
  /** It is an error, as is an input without any label: for measuring. */
  CHECKED,
  /** It is kept, with a null index: for predicting. */
  LENIENT
}
