package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The labels of a batch as distributions: {@code 1 - smoothing} on the label's class, and {@code
 * smoothing} in equal parts on all.
 *
 * @see <a href="https://arxiv.org/abs/1512.00567">Rethinking the Inception Architecture for
 *     Computer Vision</a>, section 7
 */
record SmoothedLabels(int[] labels, int classes, double smoothing) {

  /**
   * The mean cross entropy of the batch, a single number.
   *
   * @param logits {@code (N, classes)}
   */
  NDArray crossEntropy(NDArray logits) {
    NDArray targets =
        logits.getManager().create(distributions(), new Shape(labels.length, classes));
    return logits.logSoftmax(1).mul(targets).sum().div(-labels.length);
  }

  private float[] distributions() {
    float[] distributions = new float[labels.length * classes];
    Arrays.fill(distributions, (float) (smoothing / classes));
    for (int image = 0; image < labels.length; image++) {
      distributions[image * classes + labels[image]] += (float) (1 - smoothing);
    }
    return distributions;
  }

  /**
   * How many images have their largest logit at the label, the first of equals counting as largest.
   */
  int correct(float[] logits) {
    int correct = 0;
    for (int image = 0; image < labels.length; image++) {
      int first = image * classes;
      int best = 0;
      for (int index = 1; index < classes; index++) {
        if (logits[first + index] > logits[first + best]) {
          best = index;
        }
      }
      correct += best == labels[image] ? 1 : 0;
    }
    return correct;
  }
}
