package io.shufflenet.spark.training;

import io.shufflenet.spark.image.Augmentation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.TrainableSettings;

/**
 * The recipe.
 *
 * @param batchSize images in a step
 * @param iterations steps in all
 * @param learningRate from where it falls linearly, by the first step already, to 0 in the last
 * @param warmUp so many first steps have a lower rate, which rises linearly; 0 for none
 * @param seed of the order of images and their augmentation
 * @param metricsEvery iterations between two rows of metrics
 * @param validateEvery iterations between two validations
 * @param checkpointEvery iterations between two checkpoints
 */
public record TrainingSettings(
    int batchSize,
    long iterations,
    double learningRate,
    long warmUp,
    TrainableSettings network,
    Augmentation augmentation,
    long seed,
    long metricsEvery,
    long validateEvery,
    long checkpointEvery) {
  /** A larger one is a slip: its crops alone would take more than a gigabyte. */
  private static final int LARGEST_BATCH = 8192;

  private static final long MOST_ITERATIONS = 1L << 40;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message names its key
   */
  public TrainingSettings {
    require(
        batchSize >= 2 && batchSize <= LARGEST_BATCH,
        "batch-size",
        batchSize,
        "from 2 (batch normalisation needs more than one image) to " + LARGEST_BATCH);
    require(
        iterations >= 1 && iterations <= MOST_ITERATIONS,
        "iterations",
        iterations,
        "from 1 to " + MOST_ITERATIONS);
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learning-rate",
        learningRate,
        "above 0");
    require(
        warmUp >= 0 && warmUp <= iterations,
        "warm-up",
        warmUp,
        "from 0 (none) to train.iterations = " + iterations);
    require(metricsEvery >= 1, "metrics-every", metricsEvery, "at least 1");
    require(validateEvery >= 1, "validate-every", validateEvery, "at least 1");
    require(checkpointEvery >= 1, "checkpoint-every", checkpointEvery, "at least 1");
  }

  private static void require(boolean condition, String key, Number value, String range) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Cannot use train.%s = %s: it must be %s".formatted(key, value, range));
    }
  }

  /**
   * @throws IllegalArgumentException if a batch of such crops is too large for one buffer; the
   *     message names {@code train.batch-size}
   */
  public void requireFitting(Preprocessing preprocessing) {
    int most = Integer.MAX_VALUE / cropBytes(preprocessing);
    if (batchSize > most) {
      throw new IllegalArgumentException(
          "Cannot use train.batch-size = %s: at image.input-size = %s it must be at most %s"
              .formatted(batchSize, preprocessing.cropSize(), most));
    }
  }

  static int cropBytes(Preprocessing preprocessing) {
    return preprocessing.cropSize() * preprocessing.cropSize() * 3;
  }

  LearningRate schedule() {
    return new LearningRate(learningRate, iterations, warmUp);
  }
}
