package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  private static final double EXACT = 1e-15;

  /** 4 images of confidence 0.5, 1 correct; 6 images of confidence 0.9, all correct. */
  private final Calibration calibration =
      new Calibration(
          new CountsBuilder(3)
              .bin(700, bin(4, 1, "2.0", "5.5", "3.1"))
              .bin(1300, bin(2, 2, "1.8", "0.1", "0.1"))
              .bin(1399, bin(4, 4, "3.6", "0.4", "0.3"))
              .build()
              .bins(),
          Fact.ALL);

  @Test
  void expectedErrorWeighsTheDistancesByImages() {
    // 4/10 |1/4 - 0.5| + 6/10 |1 - 0.9| = 0.1 + 0.06
    assertThat(calibration.expectedError()).isCloseTo(0.16, within(EXACT));
  }

  @Test
  void scoresAreMeansOverAllImages() {
    assertThat(calibration.negativeLogLikelihood()).isCloseTo(0.6, within(EXACT));
    assertThat(calibration.brier()).isCloseTo(0.35, within(EXACT));
  }

  @Test
  void aBinTellsItsEndsConfidenceAndAccuracy() {
    assertThat(calibration.bins().get(7))
        .isEqualTo(new CalibrationBin(7, 7.0 / 15, 8.0 / 15, 4, 0.5, 0.25));
  }

  @Test
  void anEmptyBinHasNoMeans() {
    assertThat(calibration.bins().get(14))
        .isEqualTo(new CalibrationBin(14, 14.0 / 15, 1, 0, null, null));
  }

  @Test
  void ofNoImagesThereIsNothingToMeasure() {
    Calibration none = new Calibration(new CountsBuilder(3).build().bins(), Fact.ALL);

    assertThat(none.expectedError()).isNull();
    assertThat(none.negativeLogLikelihood()).isNull();
    assertThat(none.brier()).isNull();
    assertThat(none.bins()).hasSize(15);
  }

  private static BinCounts bin(
      long images, long correct, String confidence, String nll, String brier) {
    return new BinCounts(
        images, correct, new BigDecimal(confidence), new BigDecimal(nll), new BigDecimal(brier));
  }
}
