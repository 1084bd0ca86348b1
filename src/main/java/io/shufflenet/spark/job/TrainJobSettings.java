package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.image.Augmentation;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.SgdSettings;
import io.shufflenet.spark.model.Stage;
import io.shufflenet.spark.model.TrainableSettings;
import io.shufflenet.spark.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The settings of train. {@code train-defaults.conf} beside this class has every key, what it
 * means, and its default.
 *
 * @param validation the validation set; empty: none
 * @param modelPath the checkpoint to start from; empty: none
 * @param preprocessing a preset; empty: the model's own
 * @param inputSize side in pixels of the square that the model sees; empty: the model's own
 * @param spool a local folder; empty: one of the system's temporary ones
 * @param course the settings that decide what comes of the training, as JSON
 * @param json every key with its value
 */
record TrainJobSettings(
    InputSettings input,
    Optional<InputSettings> validation,
    Optional<String> modelPath,
    Optional<Architecture> architecture,
    Optional<String> classNames,
    Optional<Preprocessing> preprocessing,
    OptionalInt inputSize,
    Orientation orientation,
    long maxPixels,
    int maxBytes,
    TrainingSettings training,
    DevicePolicy device,
    Optional<Path> spool,
    String outputPath,
    double maxFailureRate,
    String course,
    String json) {
  /** As in {@code file:/tmp}, which {@link Path} would take for a folder named {@code file:}. */
  private static final Pattern ADDRESS = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:/");

  TrainJobSettings {
    SettingValues.requirePath(outputPath, "output.path", "--output PATH");
    inputSize.ifPresent(Preprocessing::requireInputSize);
    SettingValues.requirePositive(maxPixels, "image.max-pixels");
    SettingValues.requirePositive(maxBytes, "image.max-bytes");
    SettingValues.requireShare(maxFailureRate, "max-failure-rate");
  }

  /**
   * @throws IllegalArgumentException if a value is missing, of the wrong type or out of range; the
   *     message names its key
   */
  static TrainJobSettings of(Config config) {
    return SettingValues.read(config, TrainJobSettings::parse);
  }

  private static TrainJobSettings parse(Config config) {
    InputSettings input = SettingValues.input(config.getConfig("input"));
    return new TrainJobSettings(
        input,
        SettingValues.optional(config.getString("validation.path")).map(input::at),
        SettingValues.optional(config.getString("model.path")),
        SettingValues.optional(config.getString("model.architecture")).map(Architecture::named),
        SettingValues.optional(config.getString("model.class-names")),
        SettingValues.optional(config.getString("image.preprocessing")).map(Preprocessing::named),
        SettingValues.optional(config.getInt("image.input-size")),
        Orientation.named(config.getString("image.orientation")),
        config.getLong("image.max-pixels"),
        config.getInt("image.max-bytes"),
        training(config.getConfig("train")),
        SettingValues.device(config.getString("train.device"), "train.device"),
        SettingValues.optional(config.getString("train.spool")).map(TrainJobSettings::local),
        config.getString("output.path"),
        config.getDouble("max-failure-rate"),
        course(config),
        config.root().render(ConfigRenderOptions.concise()));
  }

  private static Path local(String folder) {
    if (ADDRESS.matcher(folder).find()) {
      throw new IllegalArgumentException(
          "Cannot use train.spool = "
              + folder
              + ": it is a path on the local disk, without a scheme");
    }
    return Path.of(folder);
  }

  private static TrainingSettings training(Config train) {
    return new TrainingSettings(
        train.getInt("batch-size"),
        train.getLong("iterations"),
        train.getDouble("learning-rate"),
        train.getLong("warm-up"),
        network(train),
        new Augmentation(
            train.getDouble("min-area"),
            train.getDouble("brightness"),
            train.getDouble("contrast"),
            train.getDouble("saturation"),
            train.getDouble("flip")),
        train.getLong("seed"),
        train.getLong("metrics-every"),
        train.getLong("validate-every"),
        train.getLong("checkpoint-every"));
  }

  private static TrainableSettings network(Config train) {
    return new TrainableSettings(
        new SgdSettings(
            train.getDouble("momentum"),
            train.getDouble("weight-decay"),
            train.getDouble("clip-norm")),
        train.getDouble("label-smoothing"),
        Stage.named(train.getString("freeze-before")));
  }

  /** Where a run writes, on which device, and how many bad images it bears may change. */
  private static String course(Config config) {
    return config
        .withoutPath("output")
        .withoutPath("train.spool")
        .withoutPath("train.device")
        .withoutPath("max-failure-rate")
        .root()
        .render(ConfigRenderOptions.concise());
  }
}
