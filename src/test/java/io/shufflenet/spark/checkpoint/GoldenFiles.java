package io.shufflenet.spark.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The golden checkpoints on the class path, and what is in them. */
final class GoldenFiles {
  static final String ZIP = "shufflenetv1-0.5x-g3-10c.zip.pth.tar";
  static final String LEGACY = "shufflenetv1-0.5x-g3-10c.legacy.pth.tar";
  static final String BARE = "shufflenetv1-0.5x-g3-10c.bare.mdl";
  static final String HALF = "shufflenetv1-0.5x-g3-10c.half.pth.tar";
  static final String EXTRA = "shufflenetv1-0.5x-g8-10c.extra.pth.tar";
  static final List<String> ALL = List.of(ZIP, LEGACY, BARE, HALF, EXTRA);

  private static final int CLASSES = 10;

  private GoldenFiles() {}

  static byte[] bytes(String name) {
    try (InputStream file = GoldenFiles.class.getResourceAsStream("/golden/" + name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The tensors of a variant, such as {@code 0.5x-g3}, with ten classes, in the reference's order.
   */
  static Map<String, Tensor> tensors(String variant) {
    String json = new String(bytes("state-dict-keys.json"), StandardCharsets.UTF_8);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (JsonElement entry :
        JsonParser.parseString(json).getAsJsonObject().getAsJsonArray(variant)) {
      String name = entry.getAsJsonArray().get(0).getAsString();
      int[] shape = shape(entry.getAsJsonArray().get(1).getAsJsonArray());
      if (name.startsWith("classifier.")) {
        shape[0] = CLASSES;
      }
      tensors.put(name, GoldenWeights.tensor(name, shape));
    }
    return tensors;
  }

  private static int[] shape(JsonArray sizes) {
    int[] shape = new int[sizes.size()];
    for (int dimension = 0; dimension < shape.length; dimension++) {
      shape[dimension] = sizes.get(dimension).getAsInt();
    }
    return shape;
  }
}
