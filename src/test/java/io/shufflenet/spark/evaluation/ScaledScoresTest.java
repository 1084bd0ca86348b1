package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.evaluation.ScaledScores.Derivatives;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaledScoresTest {
  private static final double EXACT = 1e-12;

  @Test
  void aHalfIsTheSquareRootMadeToSumToOne() {
    ScaledScores scores = new ScaledScores(List.of(0.04, 0.64, 0.32), 0, null);

    double sum = 0.2 + 0.8 + Math.sqrt(0.32);
    assertThat(scores.nll(0.5)).isCloseTo(-Math.log(0.2 / sum), within(EXACT));
    assertThat(scores.confidence(0.5)).isCloseTo(0.8 / sum, within(EXACT));
  }

  @Test
  void theLabelsLikelihoodOutlivesItsUnderflow() {
    ScaledScores scores = new ScaledScores(List.of(1f, 0f, 0f), 1, 200.0);

    assertThat(scores.areProbabilities()).isTrue();
    assertThat(scores.nll(1)).isCloseTo(200, within(EXACT));
    assertThat(scores.nll(0.01)).isCloseTo(2 + Math.log(1 + Math.exp(-2)), within(EXACT));
  }

  @Test
  void withoutALikelihoodAnUnderflowCountsAsTheSmallestFloat() {
    ScaledScores scores = new ScaledScores(List.of(1f, 0f), 1, null);

    assertThat(scores.nll(1)).isCloseTo(-Math.log(Float.MIN_VALUE), within(1e-9));
  }

  @Test
  void derivativesAreThoseOfTheLikelihood() {
    ScaledScores scores = new ScaledScores(List.of(0.1, 0.6, 0.3, 0.0), 2, null);
    double step = 1e-4;

    Derivatives derivatives = scores.derivatives(0.7);

    double above = scores.nll(0.7 + step);
    double below = scores.nll(0.7 - step);
    assertThat(derivatives.slope()).isCloseTo((above - below) / (2 * step), within(1e-7));
    assertThat(derivatives.curvature())
        .isCloseTo((above - 2 * scores.nll(0.7) + below) / (step * step), within(1e-5));
  }

  @Test
  void seesWhatIsNoProbabilities() {
    assertThat(areProbabilities(0, 0.5, 0.5)).isTrue();
    assertThat(areProbabilities(0, 3.0, -2.0)).isFalse();
    assertThat(areProbabilities(0, 0.5, 0.4)).isFalse();
    assertThat(areProbabilities(0, 0.5, Double.NaN)).isFalse();
    assertThat(areProbabilities(0, 0.5, null)).isFalse();
    assertThat(areProbabilities(2, 0.5, 0.5)).isFalse();
    assertThat(areProbabilities(0)).isFalse();
  }

  private static boolean areProbabilities(int label, Double... scores) {
    return new ScaledScores(Arrays.asList(scores), label, null).areProbabilities();
  }
}
