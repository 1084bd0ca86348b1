package io.shufflenet.spark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference data that were made with PyTorch; {@code golden/README.md} tells how. */
public final class GoldenFiles {
  /** 54 images, good and bad, of which Pillow reads 36. */
  public static final Path IMAGES = path("preprocess/images");

  /** A 0.5x group-3 checkpoint of 10 classes. */
  public static final Path CHECKPOINT = path("shufflenetv1-0.5x-g3-10c.zip.pth.tar");

  private GoldenFiles() {}

  public static Path path(String name) {
    try {
      return Path.of(GoldenFiles.class.getResource("/golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonObject json(String name) {
    try {
      String text = Files.readString(path(name), StandardCharsets.UTF_8);
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
