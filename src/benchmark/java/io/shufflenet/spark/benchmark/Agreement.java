package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.benchmark.Contender.Pass;
import java.util.List;
import java.util.Locale;

/**
 * How far a contender's logits are from those of the block.
 *
 * @param difference the largest, over the largest of the block's
 * @param sameTop share of images with the same largest logit
 */
record Agreement(double difference, double sameTop) {
  private static final double FLOAT32_BOUND = 1e-4;
  private static final double BFLOAT16_BOUND = 0.1;

  /** The worst over batches of these sizes, each of the first crops. */
  static Agreement of(
      Contender reference, Contender contender, List<byte[]> crops, List<Integer> batches) {
    double difference = 0;
    double sameTop = 1;
    for (int batch : batches) {
      List<byte[]> images = crops.subList(0, batch);
      float[] expected = logits(reference, images);
      float[] actual = logits(contender, images);
      difference = Math.max(difference, difference(expected, actual));
      sameTop = Math.min(sameTop, sameTop(expected, actual, batch));
    }
    return new Agreement(difference, sameTop);
  }

  static float[] logits(Contender contender, List<byte[]> images) {
    try (Pass pass = contender.prepare(images)) {
      return pass.logits();
    }
  }

  /** NaN, so that it is no small one, where either holds one; infinite where the lengths differ. */
  private static double difference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    double difference = 0;
    for (int index = 0; index < expected.length; index++) {
      largest = Math.max(largest, Math.abs(expected[index]));
      difference = Math.max(difference, Math.abs((double) expected[index] - actual[index]));
    }
    return difference / largest;
  }

  private static double sameTop(float[] expected, float[] actual, int images) {
    int classes = expected.length / images;
    int same = 0;
    for (int image = 0; image < images; image++) {
      same +=
          top(expected, image * classes, classes) == top(actual, image * classes, classes) ? 1 : 0;
    }
    return (double) same / images;
  }

  private static int top(float[] logits, int from, int classes) {
    int top = 0;
    for (int index = 1; index < classes; index++) {
      top = logits[from + index] > logits[from + top] ? index : top;
    }
    return top;
  }

  /** Whether rounding to float32 on another way explains the difference. */
  boolean isExact() {
    return difference <= FLOAT32_BOUND;
  }

  /** Whether rounding to bf16, of 8 bits, explains it. */
  boolean isClose() {
    return difference <= BFLOAT16_BOUND;
  }

  String text() {
    return String.format(Locale.ROOT, "%.0e", difference);
  }
}
