package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.shufflenet.spark.dataset.InputColumns;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.dataset.TruthSettings;
import io.shufflenet.spark.evaluation.comparison.ComparisonLimits;
import io.shufflenet.spark.evaluation.comparison.DropLimit;
import io.shufflenet.spark.inference.Choice;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.results.OutputMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads and checks what several commands have among their settings. */
final class SettingValues {
  private SettingValues() {}

  /**
   * What a command makes of its settings.
   *
   * @throws IllegalArgumentException if a value is missing or of the wrong type; the message names
   *     its key
   */
  static <T> T read(Config config, Function<Config, T> parse) {
    try {
      return parse.apply(config);
    } catch (ConfigException e) {
      throw new IllegalArgumentException("Cannot use the settings: " + e.getMessage(), e);
    }
  }

  /** The settings under {@code input}; what not every command has only where it has it. */
  static InputSettings input(Config config) {
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
        config.hasPath("keep") ? config.getStringList("keep") : List.of(),
        config.getStringList("extensions"),
        config.hasPath("ground-truth")
            ? new TruthSettings(config.getString("ground-truth"), config.getString("synsets"))
            : TruthSettings.NONE,
        config.getInt("limit"),
        config.getLong("seed"));
  }

  /** What stands under {@code gates} of a comparison. */
  static ComparisonLimits comparisonLimits(Config gates) {
    return new ComparisonLimits(
        gates.getDouble("max-drop"),
        Choice.constant(DropLimit.values(), gates.getString("drop"), "gates.drop"),
        gates.getDouble("max-psi"));
  }

  static void require(ComparisonLimits limits) {
    requireShare(limits.drop(), "gates.max-drop");
    if (!(limits.psi() >= 0)) {
      throw new IllegalArgumentException(
          "Cannot use gates.max-psi = %s: at least 0".formatted(limits.psi()));
    }
  }

  static DevicePolicy device(String name, String key) {
    return Choice.constant(DevicePolicy.values(), name, key);
  }

  static PrecisionPolicy precision(String name) {
    return Choice.constant(PrecisionPolicy.values(), name, "inference.precision");
  }

  static OutputMode mode(String name) {
    return Choice.constant(OutputMode.values(), name, "output.mode");
  }

  static Optional<String> optional(String value) {
    return value.isBlank() ? Optional.empty() : Optional.of(value);
  }

  static OptionalInt optional(int value) {
    return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }

  static void requirePath(String value, String key, String option) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "Cannot start: %s is not set; give %s, or the key in a --conf file"
              .formatted(key, option));
    }
  }

  static void requirePositive(long value, String key) {
    if (value < 1) {
      throw new IllegalArgumentException("Cannot use " + key + " = " + value + ": at least 1");
    }
  }

  static void requireShare(double value, String key) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Cannot use " + key + " = " + value + ": it is a share, from 0 to 1");
    }
  }
}
