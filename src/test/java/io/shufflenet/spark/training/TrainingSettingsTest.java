package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.image.Augmentation;
import io.shufflenet.spark.model.SgdSettings;
import io.shufflenet.spark.model.Stage;
import io.shufflenet.spark.model.TrainableSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingSettingsTest {
  private static final TrainableSettings NETWORK =
      new TrainableSettings(new SgdSettings(0.9, 4e-5, 0), 0.1, Stage.STEM);

  @Test
  void theScheduleIsThatOfTheSettings() {
    assertThat(training(2, 100, 0.5, 10).schedule()).isEqualTo(new LearningRate(0.5, 100, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8192})
  void takesBatchesOfTheRange(int images) {
    assertThat(training(images, 1, 1, 0).batchSize()).isEqualTo(images);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 8193})
  void refusesBatchesOutOfRange(int images) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(images, 1, 1, 0))
        .withMessage(
            "Cannot use train.batch-size = %s: it must be from 2 (batch normalisation needs more"
                + " than one image) to 8192",
            images);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, (1L << 40) + 1})
  void refusesIterationsOutOfRange(long iterations) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(2, iterations, 1, 0))
        .withMessage(
            "Cannot use train.iterations = %s: it must be from 1 to 1099511627776", iterations);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALearningRateOutOfRange(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(2, 1, rate, 0))
        .withMessage("Cannot use train.learning-rate = %s: it must be above 0", rate);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 11})
  void refusesAWarmUpOutOfRange(long warmUp) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(2, 10, 1, warmUp))
        .withMessage(
            "Cannot use train.warm-up = %s: it must be from 0 (none) to train.iterations = 10",
            warmUp);
  }

  @Test
  void refusesIntervalsBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> measuring(0, 1, 1))
        .withMessage("Cannot use train.metrics-every = 0: it must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> measuring(1, 0, 1))
        .withMessage("Cannot use train.validate-every = 0: it must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> measuring(1, 1, -3))
        .withMessage("Cannot use train.checkpoint-every = -3: it must be at least 1");
  }

  private static TrainingSettings training(
      int batchSize, long iterations, double learningRate, long warmUp) {
    return new TrainingSettings(
        batchSize, iterations, learningRate, warmUp, NETWORK, Augmentation.MEGVII, 0, 1, 1, 1);
  }

  private static TrainingSettings measuring(
      long metricsEvery, long validateEvery, long checkpointEvery) {
    return new TrainingSettings(
        2, 1, 1, 0, NETWORK, Augmentation.MEGVII, 0, metricsEvery, validateEvery, checkpointEvery);
  }
}
