package io.shufflenet.spark.training;

import io.shufflenet.spark.image.AugmentingDecoder;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Weights;
import java.util.Optional;

/**
 * What is trained on what.
 *
 * @param start the weights before the first iteration
 * @param description of the model that comes of it
 * @param maxPixels largest width times height that is decoded
 * @param validation none where there is nothing to validate on
 */
public record TrainingPlan(
    TrainingSettings settings,
    Weights start,
    ModelDescription description,
    ComputeDevice device,
    Orientation orientation,
    long maxPixels,
    Spool training,
    Optional<Spool> validation) {
  /**
   * @throws IllegalArgumentException if a batch of such crops is too large for one buffer; the
   *     message names {@code train.batch-size}
   */
  public TrainingPlan {
    settings.requireFitting(description.preprocessing());
  }

  AugmentedCrops augmentedCrops() {
    return new AugmentedCrops(
        training,
        new SampleOrder(training.size(), settings.seed()),
        new AugmentingDecoder(
            settings.augmentation(), description.preprocessing(), orientation, maxPixels));
  }

  CentreCrops centreCrops(Spool images) {
    return new CentreCrops(
        images, new ImageDecoder(description.preprocessing(), orientation, maxPixels));
  }

  int cropBytes() {
    return TrainingSettings.cropBytes(description.preprocessing());
  }
}
