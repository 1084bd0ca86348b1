package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: what changed between finished runs. */
@Command(
    name = "compare",
    description =
        "Holds runs of predict or evaluate against the first of them, image by image and by what"
            + " they are made of.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "Output folders of finished runs; the first is what the others are held against.")
  private List<String> runs;

  @Option(names = "--output", paramLabel = "PATH", description = "A new folder for the result.")
  private String output;

  @Option(
      names = "--by",
      paramLabel = "COLUMNS",
      description = "Columns whose values make slices, for example camera,site.")
  private String by;

  @Option(
      names = "--unpaired",
      description = "The runs share no images, or not the same labels: compare their make-up only.")
  private boolean unpaired;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    return new CompareJob(settings(hadoop), runs, hadoop).run();
  }

  private CompareSettings settings(Configuration hadoop) throws IOException {
    return CompareSettings.of(
        settings
            .with("output.path", output)
            .with("compare.by", by)
            .with("compare.unpaired", unpaired ? "true" : null)
            .read(SettingsFile.COMPARISON, hadoop));
  }
}
