package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmoothedLabelsIT {
  private static final double TOLERANCE = 1e-6;
  private static final int CLASSES = 4;
  private static final int[] LABELS = {2, 0, 3};
  private static final float[] LOGITS = {
    1, -2, 0.5f, 3,
    0, 0, 0, 0,
    -1, 4, 2, -3
  };

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void crossEntropyIsTheMeanOverImages(double smoothing) {
    double expected = 0;
    for (int image = 0; image < LABELS.length; image++) {
      expected += crossEntropy(image, smoothing) / LABELS.length;
    }

    assertThat(loss(LOGITS, smoothing)).isCloseTo(expected, within(TOLERANCE));
  }

  @Test
  void withoutSmoothingItIsTheLabelsLogLikelihood() {
    double expected = (-logProbability(0, 2) - logProbability(1, 0) - logProbability(2, 3)) / 3;

    assertThat(loss(LOGITS, 0)).isCloseTo(expected, within(TOLERANCE));
  }

  @Test
  void equalLogitsLoseTheLogarithmOfTheClassesHoweverSmooth() {
    float[] equal = new float[LOGITS.length];

    assertThat(loss(equal, 0)).isCloseTo(Math.log(CLASSES), within(TOLERANCE));
    assertThat(loss(equal, 0.3)).isCloseTo(Math.log(CLASSES), within(TOLERANCE));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] large = {0, 0, 1e4f, 0, 0, 1e4f, 0, 0, 0, 0, 0, 1e4f};

    assertThat(loss(large, 0)).isCloseTo(1e4 / 3, within(1e-3));
  }

  @Test
  void countsImagesWhoseLargestLogitIsTheLabels() {
    assertThat(new SmoothedLabels(new int[] {3, 0, 1}, CLASSES, 0).correct(LOGITS)).isEqualTo(3);
    assertThat(new SmoothedLabels(new int[] {0, 0, 2}, CLASSES, 0).correct(LOGITS)).isEqualTo(1);
  }

  @Test
  void ofEqualLogitsTheFirstCountsAsLargest() {
    float[] logits = {0, 7, 7, 1};

    assertThat(new SmoothedLabels(new int[] {1}, CLASSES, 0).correct(logits)).isEqualTo(1);
    assertThat(new SmoothedLabels(new int[] {2}, CLASSES, 0).correct(logits)).isZero();
  }

  private static double loss(float[] logits, double smoothing) {
    try (NDManager manager = Inputs.cpu()) {
      return new SmoothedLabels(LABELS, CLASSES, smoothing)
          .crossEntropy(manager.create(logits, new Shape(LABELS.length, CLASSES)))
          .getFloat();
    }
  }

  private static double crossEntropy(int image, double smoothing) {
    double sum = 0;
    for (int index = 0; index < CLASSES; index++) {
      double share = smoothing / CLASSES + (index == LABELS[image] ? 1 - smoothing : 0);
      sum -= share * logProbability(image, index);
    }
    return sum;
  }

  private static double logProbability(int image, int label) {
    double sum = 0;
    for (int index = 0; index < CLASSES; index++) {
      sum += Math.exp(LOGITS[image * CLASSES + index]);
    }
    return LOGITS[image * CLASSES + label] - Math.log(sum);
  }
}
