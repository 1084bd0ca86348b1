package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pack}: many small files as a table of few large ones. */
@Command(
    name = "pack",
    description =
        "Copies the images of a set into a Parquet table of few large files, an input for predict and"
            + " evaluate.",
    mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {
  @Option(names = "--conf", paramLabel = "FILE", description = "Settings (HOCON).")
  private String file;

  @Option(names = "--input", paramLabel = "PATH", description = "Image folder, table or manifest.")
  private String input;

  @Option(names = "--output", paramLabel = "PATH", description = "A new folder for the table.")
  private String output;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only N images, a seeded sample: for a first try.")
  private String limit;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key of the settings, for example pack.file-size=64m.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    return new PackJob(settings(hadoop), hadoop).run();
  }

  private PackSettings settings(Configuration hadoop) throws IOException {
    Overrides overrides =
        new Overrides(settings)
            .with("input.path", input)
            .with("output.path", output)
            .with("input.limit", limit);
    return PackSettings.of(SettingsFile.PACKING.read(hadoop, file, overrides.byKey()));
  }
}
