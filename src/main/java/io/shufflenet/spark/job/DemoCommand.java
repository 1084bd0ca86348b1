package io.shufflenet.spark.job;

import io.shufflenet.spark.demo.DemoCheckpoint;
import io.shufflenet.spark.demo.DemoImages;
import io.shufflenet.spark.demo.DemoImages.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demo}: writes what {@code jobs/demo.sh} evaluates. */
@Command(
    name = "demo",
    description = "Renders a small labelled image set and writes a checkpoint trained on its like.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Local folder to write into.")
  private Path folder;

  @Option(
      names = "--training",
      description = "Also render the larger set that the checkpoint was trained on.")
  private boolean training;

  @Override
  public Integer call() throws Exception {
    render("Images:      ", folder.resolve("images"), Split.TEST);
    if (training) {
      render("Training set:", folder.resolve("training"), Split.TRAINING);
    }
    Path checkpoint = folder.resolve("shufflenetv1-0.5x-g3.pth.tar");
    DemoCheckpoint.write(checkpoint);
    spec.commandLine().getOut().printf("Checkpoint:   %s%n", checkpoint);
    return 0;
  }

  private void render(String name, Path images, Split split) throws IOException {
    DemoImages.render(images, split);
    PrintWriter out = spec.commandLine().getOut();
    int classes = DemoImages.CLASSES.size();
    out.printf(
        Locale.ROOT,
        "%s %s, %,d of %d classes%n",
        name,
        images,
        classes * split.imagesPerClass(),
        classes);
  }
}
