package io.shufflenet.spark.job;

import picocli.CommandLine.Option;

/** The options of every command that reads images. */
final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "Image folder, tar files, table or manifest.")
  private String input;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only N images, a seeded sample: for a first try.")
  private String limit;

  /** Adds them to the others. */
  SettingsOptions over(SettingsOptions settings) {
    return settings.with("input.path", input).with("input.limit", limit);
  }
}
