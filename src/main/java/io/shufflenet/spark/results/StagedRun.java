package io.shufflenet.spark.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

/**
 * {@code course.json} in a run's work folder, written before its first batch: what a later start
 * must know to go on.
 *
 * @param mode of the run that began it
 * @param course what decides its rows
 */
record StagedRun(OutputMode mode, JsonObject course) {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /**
   * @param path for messages
   * @throws IllegalArgumentException if it is not what {@link #json} gave
   */
  static StagedRun parse(String json, String path) {
    StagedRun run = read(json, path);
    if (run == null || run.mode == null || run.course == null) {
      throw damaged(path, null);
    }
    return run;
  }

  private static StagedRun read(String json, String path) {
    try {
      return JSON.fromJson(json, StagedRun.class);
    } catch (JsonParseException e) {
      throw damaged(path, e);
    }
  }

  private static IllegalArgumentException damaged(String path, Exception cause) {
    return new IllegalArgumentException(
        "Cannot go on with the unfinished run: %s is damaged; delete its folder".formatted(path),
        cause);
  }

  String json() {
    return JSON.toJson(this) + "\n";
  }
}
