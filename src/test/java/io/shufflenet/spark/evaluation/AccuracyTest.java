package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Intervals are those of scipy 1.10.1: {@code binomtest(hits, images).proportion_ci(0.95,
 * "wilson")}.
 */
final class AccuracyTest {
  private static final double EXACT = 1e-12;

  @Test
  void isTheShareOfHitsWithItsWilsonInterval() {
    Accuracy accuracy = Accuracy.of(8, 10);

    assertThat(accuracy.accuracy()).isEqualTo(0.8);
    assertThat(accuracy.low()).isCloseTo(0.49016247153664183, within(EXACT));
    assertThat(accuracy.high()).isCloseTo(0.9433178485456247, within(EXACT));
  }

  @Test
  void errorIsTheShareOfMissesWithTheMirroredInterval() {
    Accuracy accuracy = Accuracy.of(8, 10);

    assertThat(accuracy.error()).isEqualTo(0.2);
    assertThat(accuracy.errorLow()).isCloseTo(1 - 0.9433178485456247, within(EXACT));
    assertThat(accuracy.errorHigh()).isCloseTo(1 - 0.49016247153664183, within(EXACT));
  }

  @Test
  void withoutHitsTheIntervalBeginsAtZero() {
    Accuracy accuracy = Accuracy.of(0, 10);

    assertThat(accuracy.low()).isZero();
    assertThat(accuracy.high()).isCloseTo(0.2775327998628892, within(EXACT));
  }

  @Test
  void withoutMissesTheIntervalEndsAtOne() {
    Accuracy accuracy = Accuracy.of(10, 10);

    assertThat(accuracy.low()).isCloseTo(0.7224672001371107, within(EXACT));
    assertThat(accuracy.high()).isEqualTo(1);
  }

  @Test
  void ofBillionsOfImagesStaysExact() {
    Accuracy accuracy = Accuracy.of(3_000_000_000L, 4_000_000_000L);

    assertThat(accuracy.accuracy()).isEqualTo(0.75);
    // 1.96 sqrt(0.75 * 0.25 / 4e9) = 1.3419e-5 to either side
    assertThat(accuracy.high() - accuracy.low()).isCloseTo(2 * 1.3419e-5, within(1e-8));
  }

  @Test
  void ofNoImagesThereIsNone() {
    assertThat(Accuracy.of(0, 0)).isNull();
  }
}
