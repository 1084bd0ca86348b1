package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LearningRateTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @CsvSource({"1, 0.495", "2, 0.49", "50, 0.25", "99, 0.005", "100, 0"})
  void fallsLinearlyFromTheFirstIteration(long iteration, double expected) {
    LearningRate rate = new LearningRate(0.5, 100, 0);

    assertThat(rate.at(iteration)).isCloseTo(expected, within(TOLERANCE));
  }

  @Test
  void isExactlyZeroInTheLastIteration() {
    assertThat(new LearningRate(0.5, 300_000, 0).at(300_000)).isZero();
    assertThat(new LearningRate(0.5, 3, 3).at(3)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0.099", "5, 0.475", "10, 0.9", "11, 0.89", "60, 0.4"})
  void warmsUpBelowTheSameLine(long iteration, double expected) {
    LearningRate rate = new LearningRate(1, 100, 10);

    assertThat(rate.at(iteration)).isCloseTo(expected, within(TOLERANCE));
  }
}
