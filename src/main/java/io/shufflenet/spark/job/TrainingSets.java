package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.LabelPolicy;
import io.shufflenet.spark.dataset.Labels;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What is trained and validated on.
 *
 * @param labels of the training set, which make the model's classes
 */
record TrainingSets(
    ImageInput training,
    Labels labels,
    Optional<ImageInput> validation,
    Optional<Labels> validationLabels) {

  /**
   * @param modelNames what the model that training starts from calls its classes, or empty
   * @throws IllegalArgumentException if a set or its labels do not serve
   */
  static TrainingSets open(
      SparkSession spark, TrainJobSettings settings, List<String> modelNames, Configuration hadoop)
      throws IOException {
    ImageInput training = ImageInput.open(spark, settings.input(), settings.maxBytes(), List.of());
    Labels labels = Labels.ofTrainingSet(training, settings.classNames(), modelNames, hadoop);
    if (settings.validation().isEmpty()) {
      return new TrainingSets(training, labels, Optional.empty(), Optional.empty());
    }
    try {
      ImageInput validation =
          ImageInput.open(spark, settings.validation().get(), settings.maxBytes(), List.of());
      Labels known =
          Labels.resolve(
              validation,
              settings.classNames(),
              labels.names(),
              hadoop,
              labels.classes(),
              LabelPolicy.CHECKED);
      return new TrainingSets(training, labels, Optional.of(validation), Optional.of(known));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot use validation.path = %s (read by the settings under input): %s"
              .formatted(settings.validation().get().path(), e.getMessage()),
          e);
    }
  }
}
