package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.image.Augmentation;
import io.shufflenet.spark.model.SgdSettings;
import io.shufflenet.spark.model.Stage;
import io.shufflenet.spark.model.TrainableSettings;
import io.shufflenet.spark.training.Metrics;
import io.shufflenet.spark.training.TrainingSettings;
import io.shufflenet.spark.training.Validation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrainingProgressTest {
  private static final TrainableSettings NETWORK =
      new TrainableSettings(new SgdSettings(0.9, 4e-5, 0), 0.1, Stage.STEM);
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(64, 6000, 0.5, 0, NETWORK, Augmentation.MEGVII, 0, 20, 1000, 1000);
  private static final Metrics METRICS =
      new Metrics(1500, 12.34, 0.375, 1.23456, 0.678, 320, Optional.empty());

  @Test
  void tellsHowFarItIsAndHowLongItTakes() {
    assertThat(TrainingProgress.line(METRICS, SETTINGS))
        .isEqualTo(
            "iteration 1,500 of 6,000 (25 %), epoch 12.3, loss 1.2346, accuracy 67.8 %,"
                + " learning rate 0.3750, 320.0 images/s, 15 min 0 s left");
  }

  @Test
  void aValidationIsToldInPercent() {
    assertThat(TrainingProgress.text(new Validation(100, 0.9134, 0.9972, 0.27111)))
        .isEqualTo("top-1 91.34 %, top-5 99.72 %, NLL 0.2711");
  }

  @Test
  void fiveClassesOrFewerHaveNoTop5() {
    assertThat(TrainingProgress.text(new Validation(100, 0.5, null, 1)))
        .isEqualTo("top-1 50.00 %, NLL 1.0000");
  }

  @Test
  void beforeTheFirstIterationTheNetworkIsLoaded() {
    try (Progress progress = new Progress()) {
      assertThat(new TrainingProgress(SETTINGS, progress).get()).isEqualTo("loading the network");
    }
  }

  @Test
  void aValidationAndTheAveragingAreToldWhileTheyLast() {
    try (Progress progress = new Progress()) {
      TrainingProgress line = new TrainingProgress(SETTINGS, progress);

      line.validating(64, 5000);
      assertThat(line.get()).isEqualTo("validating: 64 of 5,000 images");
      line.recomputing(128, 5000);
      assertThat(line.get())
          .isEqualTo("averaging the statistics of normalisation: 128 of 5,000 images");
    }
  }
}
