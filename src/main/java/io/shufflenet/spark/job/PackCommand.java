package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pack}: many small files as a table of few large ones. */
@Command(
    name = "pack",
    description =
        "Copies the images of a set into a Parquet table of few large files, an input for predict and"
            + " evaluate.",
    mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;
  @Mixin private InputOptions input;

  @Option(names = "--output", paramLabel = "PATH", description = "A new folder for the table.")
  private String output;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    return new PackJob(settings(hadoop), hadoop).run();
  }

  private PackSettings settings(Configuration hadoop) throws IOException {
    return PackSettings.of(
        input.over(settings).with("output.path", output).read(SettingsFile.PACKING, hadoop));
  }
}
