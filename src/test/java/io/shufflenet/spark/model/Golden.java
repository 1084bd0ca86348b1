package io.shufflenet.spark.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.shufflenet.spark.checkpoint.GoldenWeights;
import io.shufflenet.spark.checkpoint.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Golden files on the class path: what the reference PyTorch network gave. */
final class Golden {
  private Golden() {}

  static byte[] bytes(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonElement json(String name) {
    return JsonParser.parseString(new String(bytes(name), StandardCharsets.UTF_8));
  }

  /** A whole state dict by the golden formula. */
  static Map<String, Tensor> stateDict(Architecture architecture, int classes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture
        .stateDict(classes)
        .forEach(
            (name, shape) ->
                tensors.put(
                    name,
                    GoldenWeights.tensor(name, shape.stream().mapToInt(size -> size).toArray())));
    return tensors;
  }

  static Weights weights(Architecture architecture, int classes) {
    return Weights.of(stateDict(architecture, classes), "golden", "");
  }

  /** One row of logits for each image. */
  static float[][] logits(JsonElement golden) {
    JsonArray rows = golden.getAsJsonObject().getAsJsonArray("logits");
    float[][] logits = new float[rows.size()][];
    for (int row = 0; row < logits.length; row++) {
      JsonArray values = rows.get(row).getAsJsonArray();
      logits[row] = new float[values.size()];
      for (int index = 0; index < values.size(); index++) {
        logits[row][index] = values.get(index).getAsFloat();
      }
    }
    return logits;
  }
}
