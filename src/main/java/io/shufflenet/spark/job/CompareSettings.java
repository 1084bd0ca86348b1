package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.shufflenet.spark.evaluation.comparison.ComparisonLimits;
import java.util.List;

/**
 * The settings of compare. {@code compare-defaults.conf} beside this class has every key, what it
 * means, and its default.
 *
 * @param by columns of the later runs whose values make slices
 * @param pairing whether images are looked at one by one
 * @param json every key with its value
 */
record CompareSettings(
    List<String> by, Pairing pairing, ComparisonLimits limits, String outputPath, String json) {
  /** Which images of two runs are held against each other. */
  enum Pairing {
    BY_PATH,
    NONE
  }

  CompareSettings {
    by = List.copyOf(by);
    SettingValues.requirePath(outputPath, "output.path", "--output PATH");
    SettingValues.require(limits);
    if (by.stream().distinct().count() < by.size()) {
      throw new IllegalArgumentException(
          "Cannot use compare.by = %s: a column stands there twice"
              .formatted(String.join(", ", by)));
    }
    if (pairing == Pairing.NONE && !by.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use compare.by = %s with compare.unpaired: slices are of images in both runs"
              .formatted(String.join(", ", by)));
    }
  }

  /**
   * @throws IllegalArgumentException if a value is missing, of the wrong type or out of range; the
   *     message names its key
   */
  static CompareSettings of(Config config) {
    return SettingValues.read(config, CompareSettings::parse);
  }

  private static CompareSettings parse(Config config) {
    return new CompareSettings(
        config.getStringList("compare.by"),
        config.getBoolean("compare.unpaired") ? Pairing.NONE : Pairing.BY_PATH,
        SettingValues.comparisonLimits(config.getConfig("gates")),
        config.getString("output.path"),
        config.root().render(ConfigRenderOptions.concise()));
  }
}
