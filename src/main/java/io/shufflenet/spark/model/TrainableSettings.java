package io.shufflenet.spark.model;

/**
 * What a step of training does.
 *
 * @param labelSmoothing share of a label's weight that is spread over all classes, from 0 to below
 *     1
 * @param firstTrained what stands before this part stays as it is, running statistics included
 */
public record TrainableSettings(SgdSettings sgd, double labelSmoothing, Stage firstTrained) {
  /**
   * @throws IllegalArgumentException if a value is out of range; the message names its key
   */
  public TrainableSettings {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "Cannot use train.label-smoothing = " + labelSmoothing + ": it is from 0 to below 1");
    }
  }
}
