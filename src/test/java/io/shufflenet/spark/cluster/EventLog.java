package io.shufflenet.spark.cluster;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Spark wrote down of one application.
 *
 * @param folder holds nothing else
 */
record EventLog(Path folder) {
  static EventLog in(Path folder) throws IOException {
    return new EventLog(Files.createDirectories(folder));
  }

  /** Options for a script that has it written, with other settings. */
  List<String> settings(String... more) {
    List<String> options =
        Place.settings(
            "spark.eventLog.enabled=true",
            "spark.eventLog.dir=" + folder.toUri(),
            // As one file that can be read as it grows, which Spark 4 writes only if told so.
            "spark.eventLog.rolling.enabled=false",
            "spark.eventLog.compress=false");
    options.addAll(Place.settings(more));
    return options;
  }

  /**
   * Events of a kind, for example {@code TaskEnd}, as they came; while the application runs, those
   * that are written down.
   */
  List<JsonObject> events(String kind) throws IOException {
    try (Stream<Path> logs = Files.list(folder)) {
      Path log = logs.findFirst().orElseThrow();
      String written = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      return written
          .substring(0, written.lastIndexOf('\n') + 1)
          .lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .filter(event -> event.get("Event").getAsString().equals("SparkListener" + kind))
          .toList();
    }
  }
}
