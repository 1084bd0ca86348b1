package io.shufflenet.spark.model;

/**
 * How stochastic gradient descent moves the weights.
 *
 * @param momentum share of the last steps' direction that is kept, from 0 to below 1
 * @param weightDecay of weights with more than one dimension, added to the gradient; 0 or more
 * @param clipNorm largest norm of all gradients together, beyond which they are scaled down; 0 for
 *     no limit
 */
public record SgdSettings(double momentum, double weightDecay, double clipNorm) {
  /**
   * @throws IllegalArgumentException if a value is out of range; the message names its key
   */
  public SgdSettings {
    require(momentum >= 0 && momentum < 1, "train.momentum", momentum, "from 0 to below 1");
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "train.weight-decay",
        weightDecay,
        "0 or more");
    require(clipNorm >= 0, "train.clip-norm", clipNorm, "0 (no limit) or more");
  }

  private static void require(boolean condition, String key, double value, String range) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s: it must be %s".formatted(key, value, range));
    }
  }
}
