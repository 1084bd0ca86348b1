package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PredictionProgressTest {
  @Test
  void tellsShareFailuresRateAndTimeLeft() {
    assertThat(PredictionProgress.line(1500, 12, 6000, 30))
        .isEqualTo(
            "predicted 1,500 of 6,000 images (25 %), 12 failed, 50.0 images/s, 1 min 30 s left");
  }

  @Test
  void tellsNoRateBeforeTheFirstImage() {
    assertThat(PredictionProgress.line(0, 0, 6000, 3)).isEqualTo("predicting 6,000 images");
  }

  @Test
  void durationsAreTheCoarserTheLonger() {
    assertThat(PredictionProgress.duration(42.4)).isEqualTo("42 s");
    assertThat(PredictionProgress.duration(200)).isEqualTo("3 min 20 s");
    assertThat(PredictionProgress.duration(18720)).isEqualTo("5 h 12 min");
  }
}
