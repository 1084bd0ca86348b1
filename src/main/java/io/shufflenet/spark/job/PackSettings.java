package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import io.shufflenet.spark.dataset.InputSettings;

/**
 * The settings of pack. {@code pack-defaults.conf} beside this class has every key, what it means,
 * and its default.
 *
 * @param maxBytes longest file that is read
 * @param fileBytes what a file of the table holds, roughly
 * @param maxFailureRate share of the images, 0 to 1
 */
record PackSettings(
    InputSettings input, int maxBytes, long fileBytes, String outputPath, double maxFailureRate) {

  PackSettings {
    SettingValues.requirePath(outputPath, "output.path", "--output PATH");
    SettingValues.requirePositive(maxBytes, "image.max-bytes");
    SettingValues.requirePositive(fileBytes, "pack.file-size");
    SettingValues.requireShare(maxFailureRate, "max-failure-rate");
  }

  /**
   * @throws IllegalArgumentException if a value is missing, of the wrong type or out of range; the
   *     message names its key
   */
  static PackSettings of(Config config) {
    return SettingValues.read(config, PackSettings::parse);
  }

  private static PackSettings parse(Config config) {
    return new PackSettings(
        SettingValues.input(config.getConfig("input")),
        config.getInt("image.max-bytes"),
        config.getBytes("pack.file-size"),
        config.getString("output.path"),
        config.getDouble("max-failure-rate"));
  }
}
