package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.Choice;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.results.CatalogTable;
import io.shufflenet.spark.results.EarlierErrors;
import io.shufflenet.spark.results.OutputMode;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import io.shufflenet.spark.results.TableMode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of predict and evaluate. {@code defaults.conf} beside this class has every key, what
 * it means, and its default.
 *
 * @param architecture for example {@code 1.0x-g3}, to check the checkpoint against
 * @param preprocessing a preset; empty: the model's own
 * @param inputSize side in pixels of the square that the model sees; empty: the model's own
 * @param restrict the classes that predictions are limited to: a file, or {@code labels}; empty:
 *     all
 * @param temperature what logits are divided by before the softmax
 * @param mode what is done with what stands in the output folder
 * @param earlierErrors what is done with failures of earlier runs, with mode {@code resume}
 * @param table that takes the predictions too
 * @param maxFailureRate share of the images, 0 to 1
 * @param report what evaluate reports
 * @param json every key with its value
 */
record JobSettings(
    InputSettings input,
    String modelPath,
    Optional<Architecture> architecture,
    Optional<String> classNames,
    Optional<String> restrict,
    Optional<Preprocessing> preprocessing,
    OptionalInt inputSize,
    Orientation orientation,
    long maxPixels,
    int maxBytes,
    DevicePolicy device,
    PrecisionPolicy precision,
    double temperature,
    int topK,
    String outputPath,
    OutputMode mode,
    EarlierErrors earlierErrors,
    Scores scores,
    Embedding embedding,
    Optional<CatalogTable> table,
    double maxFailureRate,
    ReportOptions report,
    String json) {

  JobSettings {
    SettingValues.requirePath(modelPath, "model.path", "--model FILE");
    SettingValues.requirePath(outputPath, "output.path", "--output PATH");
    inputSize.ifPresent(Preprocessing::requireInputSize);
    SettingValues.requirePositive(maxPixels, "image.max-pixels");
    SettingValues.requirePositive(maxBytes, "image.max-bytes");
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "Cannot use inference.temperature = %s: it must be positive and finite"
              .formatted(temperature));
    }
    SettingValues.requirePositive(topK, "inference.top-k");
    if (earlierErrors == EarlierErrors.RETRY && mode != OutputMode.RESUME) {
      throw new IllegalArgumentException(
          "Cannot use output.retry-errors with output.mode = %s: only resume keeps earlier rows"
              .formatted(mode.label()));
    }
    SettingValues.requireShare(maxFailureRate, "max-failure-rate");
  }

  /**
   * @throws IllegalArgumentException if a value is missing, of the wrong type or out of range; the
   *     message names its key
   */
  static JobSettings of(Config config) {
    return SettingValues.read(config, JobSettings::parse);
  }

  private static JobSettings parse(Config config) {
    return new JobSettings(
        SettingValues.input(config.getConfig("input")),
        config.getString("model.path"),
        SettingValues.optional(config.getString("model.architecture")).map(Architecture::named),
        SettingValues.optional(config.getString("model.class-names")),
        SettingValues.optional(config.getString("classes.restrict")),
        SettingValues.optional(config.getString("image.preprocessing")).map(Preprocessing::named),
        SettingValues.optional(config.getInt("image.input-size")),
        Orientation.named(config.getString("image.orientation")),
        config.getLong("image.max-pixels"),
        config.getInt("image.max-bytes"),
        SettingValues.device(config.getString("inference.device"), "inference.device"),
        SettingValues.precision(config.getString("inference.precision")),
        config.getDouble("inference.temperature"),
        config.getInt("inference.top-k"),
        config.getString("output.path"),
        SettingValues.mode(config.getString("output.mode")),
        config.getBoolean("output.retry-errors") ? EarlierErrors.RETRY : EarlierErrors.KEEP,
        config.getBoolean("output.scores") ? Scores.ALL_CLASSES : Scores.NONE,
        Choice.constant(
            Embedding.values(), config.getString("output.embedding"), "output.embedding"),
        table(config),
        config.getDouble("max-failure-rate"),
        ReportOptions.parse(config),
        config.root().render(ConfigRenderOptions.concise()));
  }

  private static Optional<CatalogTable> table(Config config) {
    TableMode mode =
        Choice.constant(
            TableMode.values(), config.getString("output.table-mode"), "output.table-mode");
    return SettingValues.optional(config.getString("output.table"))
        .map(name -> new CatalogTable(name, mode));
  }

  /** The setting that needs a relative path for each image, and for no two the same. */
  Optional<String> needsNames() {
    if (mode == OutputMode.RESUME) {
      return Optional.of("--mode resume");
    }
    return table.map(CatalogTable::mode).filter(TableMode.UPSERT::equals).isPresent()
        ? Optional.of("output.table-mode = upsert")
        : Optional.empty();
  }
}
