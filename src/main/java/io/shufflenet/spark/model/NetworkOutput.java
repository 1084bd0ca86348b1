package io.shufflenet.spark.model;

/** What a compiled network gives for each image, in one row of float32. */
public enum NetworkOutput {
  /** One logit for each class. */
  LOGITS,
  /**
   * The logits, and after them the vector that the linear layer makes them of: the averages of the
   * last stage's maps, {@link Architecture#features} numbers, none of them negative.
   */
  LOGITS_AND_EMBEDDING
}
