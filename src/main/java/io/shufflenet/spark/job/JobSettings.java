package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import io.shufflenet.spark.dataset.InputColumns;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of predict and evaluate. {@code defaults.conf} beside this class has every key, what
 * it means, and its default.
 *
 * @param architecture for example {@code 1.0x-g3}, to check the checkpoint against
 * @param maxFailureRate share of the images, 0 to 1
 * @param json every key with its value
 */
record JobSettings(
    InputSettings input,
    String modelPath,
    Optional<Architecture> architecture,
    Optional<String> classNames,
    Preprocessing preprocessing,
    Orientation orientation,
    long maxPixels,
    int maxBytes,
    DevicePolicy device,
    int topK,
    String outputPath,
    Scores scores,
    double maxFailureRate,
    String json) {

  JobSettings {
    requirePath(modelPath, "model.path", "--model FILE");
    requirePath(outputPath, "output.path", "--output PATH");
    requirePositive(maxPixels, "image.max-pixels");
    requirePositive(maxBytes, "image.max-bytes");
    requirePositive(topK, "inference.top-k");
    if (!(maxFailureRate >= 0 && maxFailureRate <= 1)) {
      throw new IllegalArgumentException(
          "Cannot use max-failure-rate = " + maxFailureRate + ": it is a share, from 0 to 1");
    }
  }

  /**
   * @throws IllegalArgumentException if a value is missing, of the wrong type or out of range; the
   *     message names its key
   */
  static JobSettings of(Config config) {
    try {
      return new JobSettings(
          input(config.getConfig("input")),
          config.getString("model.path"),
          optional(config.getString("model.architecture")).map(Architecture::named),
          optional(config.getString("model.class-names")),
          Preprocessing.named(config.getString("image.preprocessing")),
          Orientation.named(config.getString("image.orientation")),
          config.getLong("image.max-pixels"),
          config.getInt("image.max-bytes"),
          device(config.getString("inference.device")),
          config.getInt("inference.top-k"),
          config.getString("output.path"),
          config.getBoolean("output.scores") ? Scores.ALL_CLASSES : Scores.NONE,
          config.getDouble("max-failure-rate"),
          config.root().render(ConfigRenderOptions.concise()));
    } catch (ConfigException e) {
      throw new IllegalArgumentException("Cannot use the settings: " + e.getMessage(), e);
    }
  }

  private static InputSettings input(Config config) {
    requirePath(config.getString("path"), "input.path", "--input PATH");
    Config columns = config.getConfig("columns");
    return new InputSettings(
        config.getString("path"),
        config.getString("format"),
        new InputColumns(
            columns.getString("content"),
            columns.getString("path"),
            columns.getString("label"),
            columns.getString("relative-path"),
            columns.getString("version")),
        config.getString("root"),
        config.getStringList("keep"),
        config.getStringList("extensions"),
        config.getInt("limit"),
        config.getLong("seed"));
  }

  private static DevicePolicy device(String name) {
    return Arrays.stream(DevicePolicy.values())
        .filter(policy -> policy.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use inference.device = "
                        + name
                        + ": it is one of "
                        + Arrays.toString(DevicePolicy.values()).toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> optional(String value) {
    return value.isBlank() ? Optional.empty() : Optional.of(value);
  }

  private static void requirePath(String value, String key, String option) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "Cannot start: %s is not set; give %s, or the key in a --conf file"
              .formatted(key, option));
    }
  }

  private static void requirePositive(long value, String key) {
    if (value < 1) {
      throw new IllegalArgumentException("Cannot use " + key + " = " + value + ": at least 1");
    }
  }
}
