package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.evaluation.comparison.FeatureDrift.BinPair;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FeatureDriftTest {
  /**
   * By hand: (0.5 - 0.2) ln(0.5 / 0.2) and so on, shares of 100,000 images and half an image more.
   */
  @Test
  void isTheSymmetrisedDivergenceOfTheShares() {
    FeatureDrift drift =
        drift(
            new BinPair("x", 20_000, 50_000),
            new BinPair("y", 30_000, 30_000),
            new BinPair("z", 50_000, 20_000));

    assertThat(drift.psi()).isCloseTo(2 * 0.3 * Math.log(2.5), within(1e-4));
    assertThat(drift.bins()).extracting(BinDrift::bin).containsExactly("x", "z", "y");
    assertThat(drift.bins().get(0).shareB()).isEqualTo(0.5);
    assertThat(drift.isBeyondChance()).isTrue();
  }

  /**
   * Half an image in each bin: shares 10.5/11 and 0.5/11 in one run, the other way in the other.
   */
  @Test
  void anEmptyBinIsHalfAnImage() {
    FeatureDrift drift = drift(new BinPair("x", 10, 0), new BinPair("y", 0, 10));

    assertThat(drift.psi()).isCloseTo(2 * 10 / 11.0 * Math.log(21), within(1e-12));
    assertThat(drift.bins().get(0).shareB()).isZero();
  }

  @Test
  void equalRunsDoNotDrift() {
    FeatureDrift drift =
        drift(new BinPair("x", 7, 7), new BinPair("empty", 0, 0), new BinPair("y", 3, 3));

    assertThat(drift.psi()).isZero();
    assertThat(drift.bins()).hasSize(2);
    assertThat(drift.isBeyondChance()).isFalse();
  }

  /** The 95 % quantile of chi-squared with one degree of freedom, 3.8415, times 1/200 + 1/100. */
  @Test
  void chanceFallsWithTheImages() {
    FeatureDrift drift = drift(new BinPair("x", 100, 55), new BinPair("y", 100, 45));

    assertThat(drift.chance()).isCloseTo(3.841458820694124 * 0.015, within(1e-9));
    assertThat(drift.isBeyondChance()).isFalse();
  }

  @Test
  void whatChanceMakesIsExceededOnceInTwentyTimes() {
    Random random = new Random(7);
    long alarms =
        IntStream.range(0, 2000)
            .filter(trial -> ofOnePopulation(random, 12, 400).isBeyondChance())
            .count();

    assertThat(alarms).isBetween(60L, 140L);
  }

  /** A thousand classes and few images: an index of more than 0.3 that means nothing. */
  @Test
  void manyBinsMakeALargeIndexByChance() {
    FeatureDrift drift = ofOnePopulation(new Random(7), 1000, 5000);

    assertThat(drift.psi()).isGreaterThan(0.3);
    assertThat(drift.reading()).isEqualTo(FeatureDrift.CHANCE);
  }

  private static FeatureDrift ofOnePopulation(Random random, int bins, int images) {
    long[][] counts = new long[2][bins];
    for (long[] run : counts) {
      for (int image = 0; image < images; image++) {
        run[random.nextInt(bins)]++;
      }
    }
    return drift(
        IntStream.range(0, bins)
            .mapToObj(bin -> new BinPair("" + bin, counts[0][bin], counts[1][bin]))
            .toArray(BinPair[]::new));
  }

  @Test
  void withoutImagesOnOneSideThereIsNoIndex() {
    FeatureDrift drift = drift(new BinPair("x", 5, 0), new BinPair("y", 5, 0));

    assertThat(drift.psi()).isNull();
    assertThat(drift.isBeyondChance()).isFalse();
    assertThat(drift.bins().get(0).shareA()).isEqualTo(0.5);
    assertThat(drift.bins().get(0).shareB()).isNull();
  }

  private static FeatureDrift drift(BinPair... pairs) {
    return FeatureDrift.of(Feature.FAILURE, List.of(pairs));
  }
}
