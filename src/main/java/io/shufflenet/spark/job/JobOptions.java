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

  @Option(names = "--output", paramLabel = "PATH", description = "A folder for the results.")
  private String output;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "Where a result or an unfinished run is there: error (refuse it), overwrite (replace the"
              + " result), or resume (keep the predictions that still hold).")
  private String mode;

  @Option(
      names = "--retry-errors",
      description = "With --mode resume: predict images again that failed.")
  private boolean retryErrors;

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
            .with("output.mode", mode)
            .with("output.retry-errors", retryErrors ? "true" : null)
            .with("input.limit", limit);
    Config config = SettingsFile.PREDICTION.read(hadoop, file, overrides.byKey());
    return JobSettings.of(config);
  }
}
