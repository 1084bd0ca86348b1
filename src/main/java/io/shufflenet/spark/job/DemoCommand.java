package io.shufflenet.spark.job;

import io.shufflenet.spark.demo.DemoCheckpoint;
import io.shufflenet.spark.demo.DemoImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demo}: writes what {@code jobs/demo.sh} evaluates. */
@Command(
    name = "demo",
    description =
        "Renders a small labelled image set and writes a checkpoint of untrained weights.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 0;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Local folder to write into.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    Path images = folder.resolve("images");
    Path checkpoint = folder.resolve("shufflenetv1-0.5x-g3.pth.tar");
    DemoImages.render(images, SEED);
    DemoCheckpoint.write(checkpoint, SEED);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Images, %d classes:  %s%n", DemoImages.CLASSES.size(), images);
    out.printf("Checkpoint:          %s%n", checkpoint);
    out.println(
        "Its weights are untrained: the accuracy below is what chance gives, about 1 in %d."
            .formatted(DemoImages.CLASSES.size()));
    return 0;
  }
}
