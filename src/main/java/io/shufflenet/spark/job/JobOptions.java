package io.shufflenet.spark.job;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that predict and evaluate share. */
final class JobOptions {
  @Mixin private SettingsOptions settings;
  @Mixin private InputOptions input;

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
      names = "--output-table",
      paramLabel = "TABLE",
      description = "A catalog table that takes the predictions too, by output.table-mode.")
  private String table;

  @Option(
      names = "--retry-errors",
      description = "With --mode resume: predict images again that failed.")
  private boolean retryErrors;

  JobSettings settings(Configuration hadoop) throws IOException {
    return JobSettings.of(
        input
            .over(settings)
            .with("model.path", model)
            .with("output.path", output)
            .with("output.mode", mode)
            .with("output.table", table)
            .with("output.retry-errors", retryErrors ? "true" : null)
            .read(SettingsFile.PREDICTION, hadoop));
  }
}
