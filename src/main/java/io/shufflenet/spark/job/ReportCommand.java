package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: how accurate predictions are that are there already. */
@Command(
    name = "report",
    description =
        "Reports the accuracy of predictions that are there already: a run's, or a table that another"
            + " tool wrote. Needs neither the model nor the images.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--predictions",
      paramLabel = "PATH",
      description = "The output folder of predict or evaluate, or a table.")
  private String predictions;

  @Option(
      names = "--labels",
      paramLabel = "PATH",
      description = "A table of labels that replace the predictions' own.")
  private String labels;

  @Option(
      names = "--where",
      paramLabel = "PREDICATE",
      description = "Only these predictions: a SQL predicate over their columns.")
  private String where;

  @Option(
      names = "--fit-temperature",
      description =
          "Fit a temperature to one half of the predictions, and measure it on the other. Takes scores.")
  private boolean fitTemperature;

  @Option(names = "--output", paramLabel = "PATH", description = "A new folder for the report.")
  private String output;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    return new ReportJob(settings(hadoop), hadoop).run();
  }

  private ReportSettings settings(Configuration hadoop) throws IOException {
    return ReportSettings.of(
        settings
            .with("predictions.path", predictions)
            .with("labels.path", labels)
            .with("where", where)
            .with("report.fit-temperature", fitTemperature ? "true" : null)
            .with("output.path", output)
            .read(SettingsFile.REPORTING, hadoop));
  }
}
