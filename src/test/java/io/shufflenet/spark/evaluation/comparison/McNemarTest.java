package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class McNemarTest {
  /** Expected are {@code scipy.stats.binomtest(lost, lost + gained).pvalue} of SciPy 1.10.1. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1.0",
    "1, 1, 1.0",
    "0, 5, 0.0625",
    "2, 12, 0.012939453125",
    "86, 150, 3.715936139571387e-05",
    "1, 19, 4.00543212890625e-05",
    "450, 550, 0.0017305360849763024",
    "4900, 5100, 0.046585527704947234",
    "499000, 501000, 0.045608299865389515",
    "4998000, 5002000, 0.2060166027950955"
  })
  void isTheExactBinomialTest(long lost, long gained, double expected) {
    assertThat(McNemar.pValue(lost, gained)).isCloseTo(expected, within(1e-7 * expected));
    assertThat(McNemar.pValue(gained, lost)).isEqualTo(McNemar.pValue(lost, gained));
  }

  @Test
  void withoutDiscordantImagesNothingTellsTheRunsApart() {
    assertThat(McNemar.pValue(0, 0)).isEqualTo(1);
  }

  @Test
  void whatCannotBeChanceHasAPOfZero() {
    assertThat(McNemar.pValue(100, 9_900)).isZero();
  }

  /** In rising order times 4, 3, 2 and 1, and never falling. */
  @Test
  void manyTestsAreAdjustedInRisingOrder() {
    assertThat(Holm.adjust(List.of(0.04, 0.01, 0.03, 0.9)))
        .containsExactly(new double[] {0.09, 0.04, 0.09, 0.9}, within(1e-15));
  }
}
