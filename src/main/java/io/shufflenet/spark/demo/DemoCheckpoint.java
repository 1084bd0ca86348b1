package io.shufflenet.spark.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A 0.5x group-3 checkpoint for the demo's classes, trained by this project on {@link
 * DemoImages.Split#TRAINING}; docs/demo-weights.md tells how.
 */
public final class DemoCheckpoint {
  private static final String RESOURCE = "shufflenetv1-0.5x-g3.pth.tar";

  /** Of what the file beside the checkpoint, which describes the model, is called more. */
  private static final String BESIDE = ".json";

  private static final int VERSION = 2;

  private DemoCheckpoint() {}

  /**
   * Writes the checkpoint, and the file beside it that describes the model. What an earlier call
   * wrote is reused or replaced.
   *
   * @throws IllegalArgumentException if a file stands there that no earlier call wrote
   * @throws IOException if the files cannot be written
   */
  public static void write(Path file) throws IOException {
    String name = file.getFileName().toString();
    Path beside = file.resolveSibling(name + BESIDE);
    Marker marker =
        new Marker(
            file.resolveSibling("." + name + ".demo"), "demo checkpoint, version " + VERSION);
    if (marker.vouches()) {
      return;
    }
    if (!marker.exists() && (Files.exists(file) || Files.exists(beside))) {
      throw new IllegalArgumentException(
          "Cannot write the demo checkpoint to %s: the demo did not make what is there"
              .formatted(file));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    List<String> names = List.of(name, name + BESIDE);
    marker.begin(names);
    copy(RESOURCE, file);
    copy(RESOURCE + BESIDE, beside);
    marker.finish(names);
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream content = DemoCheckpoint.class.getResourceAsStream(resource)) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
