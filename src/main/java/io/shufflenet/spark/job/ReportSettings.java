package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.shufflenet.spark.dataset.TableSettings;
import io.shufflenet.spark.evaluation.PredictionColumn;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of report. {@code report-defaults.conf} beside this class has every key, what it
 * means, and its default.
 *
 * @param columns of another tool's table, as far as they are named
 * @param where a SQL predicate
 * @param fitTemperature whether to fit one
 * @param maxBytes longest image file that is read for a picture
 * @param maxPixels of an image that is shown
 * @param json every key with its value
 */
record ReportSettings(
    TableSettings predictions,
    Map<PredictionColumn, String> columns,
    Optional<String> classNames,
    Optional<String> where,
    Optional<Labels> labels,
    ReportOptions report,
    boolean fitTemperature,
    int maxBytes,
    long maxPixels,
    String outputPath,
    String json) {

  /**
   * A second label table.
   *
   * @param relativePath its column with the images' names, or empty
   * @param label its column with their labels, or empty
   */
  record Labels(TableSettings table, String relativePath, String label) {}

  ReportSettings {
    columns = Map.copyOf(columns);
    SettingValues.requirePositive(maxBytes, "image.max-bytes");
    SettingValues.requirePositive(maxPixels, "image.max-pixels");
    SettingValues.requirePath(outputPath, "output.path", "--output PATH");
    if (where.isPresent() && report.limits().psi() > 0) {
      throw new IllegalArgumentException(
          "Cannot use gates.max-psi with where: the selection would be held against all of report.baseline");
    }
  }

  /**
   * @throws IllegalArgumentException if a value is missing, of the wrong type or out of range; the
   *     message names its key
   */
  static ReportSettings of(Config config) {
    return SettingValues.read(config, ReportSettings::parse);
  }

  private static ReportSettings parse(Config config) {
    SettingValues.requirePath(
        config.getString("predictions.path"), "predictions.path", "--predictions PATH");
    return new ReportSettings(
        table(config, "predictions"),
        columns(config.getConfig("predictions.columns")),
        SettingValues.optional(config.getString("class-names")),
        SettingValues.optional(config.getString("where")),
        labels(config),
        ReportOptions.parse(config),
        config.getBoolean("report.fit-temperature"),
        config.getInt("image.max-bytes"),
        config.getLong("image.max-pixels"),
        config.getString("output.path"),
        config.root().render(ConfigRenderOptions.concise()));
  }

  private static TableSettings table(Config config, String section) {
    return new TableSettings(
        section, config.getString(section + ".path"), config.getString(section + ".format"));
  }

  private static Map<PredictionColumn, String> columns(Config config) {
    Map<PredictionColumn, String> columns = new EnumMap<>(PredictionColumn.class);
    for (PredictionColumn column : PredictionColumn.values()) {
      SettingValues.optional(config.getString(column.key()))
          .ifPresent(name -> columns.put(column, name));
    }
    return columns;
  }

  private static Optional<Labels> labels(Config config) {
    return SettingValues.optional(config.getString("labels.path"))
        .map(
            path ->
                new Labels(
                    table(config, "labels"),
                    config.getString("labels.columns.relative-path"),
                    config.getString("labels.columns.label")));
  }
}
