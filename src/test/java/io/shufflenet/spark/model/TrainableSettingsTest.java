package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainableSettingsTest {
  private static final double BELOW_ONE = Math.nextDown(1.0);

  @Test
  void takesTheEndsOfTheRanges() {
    SgdSettings sgd = new SgdSettings(0, 0, 0);

    assertThat(new TrainableSettings(sgd, 0, Stage.STEM).labelSmoothing()).isZero();
    assertThat(new TrainableSettings(sgd, BELOW_ONE, Stage.STEM).labelSmoothing())
        .isEqualTo(BELOW_ONE);
    assertThat(new SgdSettings(BELOW_ONE, 0, 0).momentum()).isEqualTo(BELOW_ONE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesSmoothingOutOfRange(double smoothing) {
    SgdSettings sgd = new SgdSettings(0, 0, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainableSettings(sgd, smoothing, Stage.STEM))
        .withMessage("Cannot use train.label-smoothing = %s: it is from 0 to below 1", smoothing);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesMomentumOutOfRange(double momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SgdSettings(momentum, 0, 0))
        .withMessage("Cannot use train.momentum = %s: it must be from 0 to below 1", momentum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesDecayOutOfRange(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SgdSettings(0, decay, 0))
        .withMessage("Cannot use train.weight-decay = %s: it must be 0 or more", decay);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN})
  void refusesAClipNormOutOfRange(double norm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SgdSettings(0, 0, norm))
        .withMessage("Cannot use train.clip-norm = %s: it must be 0 (no limit) or more", norm);
  }
}
