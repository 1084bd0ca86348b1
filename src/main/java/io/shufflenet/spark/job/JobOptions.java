package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options that predict and evaluate share. */
final class JobOptions {
  @Option(names = "--conf", paramLabel = "FILE", description = "Settings (HOCON); see conf/.")
  private String file;

  @Option(names = "--input", paramLabel = "PATH", description = "Image folder, table or manifest.")
  private String input;

  @Option(names = "--model", paramLabel = "FILE", description = "ShuffleNetV1 checkpoint.")
  private String model;

  @Option(names = "--output", paramLabel = "PATH", description = "A new folder for the results.")
  private String output;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only N images, a seeded sample: for a first try.")
  private String limit;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key of the settings, for example inference.top-k=10.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** The settings of defaults, file and options, in rising order of weight. */
  JobSettings settings(Configuration hadoop) throws IOException {
    Overrides overrides =
        new Overrides(settings)
            .with("input.path", input)
            .with("model.path", model)
            .with("output.path", output)
            .with("input.limit", limit);
    Config config = SettingsFile.PREDICTION.read(hadoop, file, overrides.byKey());
    return JobSettings.of(config);
  }
}
