package io.shufflenet.spark.results;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Optional;

/**
 * What {@code run.json} of a finished run tells those that come after it.
 *
 * @param command what wrote it
 * @param course what decided its rows; empty where it does not say
 * @param precision what computed, as in {@link Provenance#precision()}
 */
public record EarlierRun(String command, Optional<JsonObject> course, String precision) {
  private static final Gson JSON = new Gson();

  private record File(String command, JsonObject course, Made provenance) {}

  private record Made(String precision) {}

  /**
   * @param path for messages
   * @throws IllegalArgumentException if it is not the text of a run's record
   */
  static EarlierRun parse(String json, String path) {
    File file = read(json, path);
    if (file == null || file.command == null) {
      throw damaged(path, null);
    }
    String precision = file.provenance == null ? null : file.provenance.precision;
    return new EarlierRun(
        file.command, Optional.ofNullable(file.course), precision == null ? "" : precision);
  }

  private static File read(String json, String path) {
    try {
      return JSON.fromJson(json, File.class);
    } catch (JsonParseException e) {
      throw damaged(path, e);
    }
  }

  private static IllegalArgumentException damaged(String path, Exception cause) {
    return new IllegalArgumentException(
        "Cannot use the result in output.path: %s is damaged. Name a new folder".formatted(path),
        cause);
  }

  boolean isOfPredictions() {
    return command.equals("predict") || command.equals("evaluate");
  }
}
