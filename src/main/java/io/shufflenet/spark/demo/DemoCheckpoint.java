package io.shufflenet.spark.demo;

import io.shufflenet.spark.checkpoint.CheckpointWriter;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.Weights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes a checkpoint for the demo's classes, in PyTorch's zip format. Its weights are Megvii's
 * initialisation and have seen no image: accuracy is that of chance, and the network may well give
 * every image the same class.
 */
public final class DemoCheckpoint {
  private static final Architecture ARCHITECTURE = new Architecture(3, "0.5x");
  private static final int VERSION = 1;

  private DemoCheckpoint() {}

  /**
   * Writes a 0.5x group-3 checkpoint of {@link DemoImages#CLASSES}' number of classes. What an
   * earlier call wrote is reused if it is whole and of the same seed, else replaced.
   *
   * @throws IllegalArgumentException if a file stands there that no earlier call wrote
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, long seed) throws IOException {
    String name = file.getFileName().toString();
    String content =
        String.format(Locale.ROOT, "demo checkpoint, version %d, seed %d", VERSION, seed);
    Marker marker = new Marker(file.resolveSibling("." + name + ".demo"), content);
    if (marker.vouches()) {
      return;
    }
    if (!marker.exists() && Files.exists(file)) {
      throw new IllegalArgumentException(
          "Cannot write the demo checkpoint to %s: the demo did not make what is there"
              .formatted(file));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    marker.begin(List.of(name));
    Weights weights = Weights.initialised(ARCHITECTURE, DemoImages.CLASSES.size(), seed);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      CheckpointWriter.write(weights.tensors(), out);
    }
    marker.finish(List.of(name));
  }
}
