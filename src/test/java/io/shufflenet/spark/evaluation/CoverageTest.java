package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoverageTest {
  private final List<BinCounts> bins =
      new ArrayList<>(Collections.nCopies(Calibration.FINE_BINS, BinCounts.NONE));

  @Test
  void keepsTheSurestImagesFirst() {
    add(1499, 10, 10);
    add(900, 10, 5);
    add(0, 20, 1);

    List<CoveragePoint> points = new Coverage(bins).points();

    assertThat(points)
        .containsExactly(
            new CoveragePoint(1499.0 / 1500, 0.25, Accuracy.of(10, 10)),
            new CoveragePoint(0.6, 0.5, Accuracy.of(15, 20)),
            new CoveragePoint(0, 1, Accuracy.of(16, 40)));
  }

  @Test
  void aPointStandsWhereCoverageHasGrownByAHundredth() {
    for (int bin = 0; bin < Calibration.FINE_BINS; bin++) {
      add(bin, 1, bin % 2);
    }

    List<CoveragePoint> points = new Coverage(bins).points();

    assertThat(points).hasSize(100);
    assertThat(points.get(0)).isEqualTo(new CoveragePoint(0.99, 0.01, Accuracy.of(8, 15)));
    assertThat(points.get(99).coverage()).isEqualTo(1);
  }

  @Test
  void theLastPointIsAllImagesThoughCoverageHasHardlyGrown() {
    add(1499, 999, 900);
    add(3, 1, 0);

    List<CoveragePoint> points = new Coverage(bins).points();

    assertThat(points).hasSize(2);
    assertThat(points.get(1).coverage()).isEqualTo(1);
    assertThat(points.get(1).accuracy().accuracy()).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void withoutImagesThereIsNoPoint() {
    assertThat(new Coverage(bins).points()).isEmpty();
  }

  private void add(int bin, long images, long correct) {
    bins.set(
        bin, new BinCounts(images, correct, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
  }
}
