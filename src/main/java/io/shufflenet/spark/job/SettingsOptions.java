package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options of every command that has settings. */
final class SettingsOptions {
  @Option(names = "--conf", paramLabel = "FILE", description = "Settings (HOCON); see conf/.")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key of the settings; docs/settings.md has them all.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Gives a key the value of its own option, which outweighs --set.
   *
   * @param value null where the option was not given
   */
  SettingsOptions with(String key, String value) {
    if (value != null) {
      settings.put(key, value);
    }
    return this;
  }

  /** The settings of defaults, file and options, in rising order of weight. */
  Config read(SettingsFile kind, Configuration hadoop) throws IOException {
    return kind.read(hadoop, file, settings);
  }
}
