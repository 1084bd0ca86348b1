package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.evaluation.Accuracy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DifferenceTest {
  /** The examples of Newcombe's table (1998, independent proportions), method 10, 4 decimals. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "0, 10, 0, 10, -0.2775, 0.2775",
    "10, 10, 0, 20, 0.6791, 1.0000",
    "10, 10, 0, 10, 0.6075, 1.0000"
  })
  void independentProportionsAreAsPublished(
      long hits, long images, long otherHits, long others, double low, double high) {
    Difference difference =
        Difference.ofIndependent(Accuracy.of(otherHits, others), Accuracy.of(hits, images));

    assertThat(difference.low()).isCloseTo(low, within(5e-5));
    assertThat(difference.high()).isCloseTo(high, within(5e-5));
  }

  /**
   * The first is table 6.2 of Altman et al., "Statistics with confidence" (2000), the second the
   * example of Fagerland et al., "Recommended tests and confidence intervals for paired binomial
   * proportions" (2014), the others were computed by the formula in Python.
   */
  @ParameterizedTest
  @CsvSource({
    "14, 0, 5, 22, 0.0115, 0.2265",
    "1, 7, 1, 12, -0.5069, -0.0256",
    "794, 86, 150, 570, 0.0212, 0.0587",
    "36, 2, 12, 0, 0.0569, 0.3404",
    "50, 0, 0, 0, -0.0713, 0.0713",
    "0, 0, 0, 1, -0.7935, 0.7935",
    "0, 0, 1, 0, -0.1221, 1.0000",
    "0, 0, 10, 0, 0.6075, 1.0000",
    "5, 0, 0, 5, -0.1666, 0.1666"
  })
  void pairedProportionsAreAsPublished(
      long both, long lost, long gained, long neither, double low, double high) {
    Difference difference = Difference.ofPairs(new PairedCounts(both, lost, gained, neither));

    assertThat(difference.difference())
        .isCloseTo((gained - lost) / (double) (both + lost + gained + neither), within(1e-15));
    assertThat(difference.low()).isCloseTo(low, within(5e-5));
    assertThat(difference.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void theRunsInTheOtherOrderMirrorTheInterval() {
    Difference one = Difference.ofPairs(new PairedCounts(60, 5, 9, 26));
    Difference other = Difference.ofPairs(new PairedCounts(60, 9, 5, 26));

    assertThat(other.low()).isCloseTo(-one.high(), within(1e-15));
    assertThat(other.high()).isCloseTo(-one.low(), within(1e-15));
  }

  @Test
  void millionsOfEqualImagesStillHaveAnIntervalAroundZero() {
    Difference difference = Difference.ofPairs(new PairedCounts(7_000_000, 0, 0, 3_000_000));

    assertThat(difference.difference()).isZero();
    assertThat(difference.low()).isBetween(-1e-5, 0.0);
    assertThat(difference.high()).isBetween(0.0, 1e-5);
  }

  @Test
  void withoutImagesThereIsNone() {
    assertThat(Difference.ofIndependent(null, Accuracy.of(1, 2))).isNull();
    assertThat(PairedAccuracy.of(PairedCounts.NONE)).isNull();
  }
}
