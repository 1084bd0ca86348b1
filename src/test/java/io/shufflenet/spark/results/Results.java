package io.shufflenet.spark.results;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Small results, whose files hold the name of the run that wrote them. */
final class Results {
  private Results() {}

  /** A finished run with a report. */
  static void publishOld(Configuration hadoop, Path output) throws IOException {
    RunFolder folder = open(hadoop, output, "old", OutputMode.ERROR);
    build(folder, "old", List.of("predictions/1", "predictions/2", "classes/1", "report/1/1"));
    folder.publish(record("evaluate", "old"));
  }

  /** A run without a report that is about to overwrite the other one. */
  static RunFolder buildNew(Configuration hadoop, Path output) throws IOException {
    RunFolder folder = open(hadoop, output, "new", OutputMode.OVERWRITE);
    build(folder, "new", List.of("predictions/2", "predictions/3", "classes/1"));
    return folder;
  }

  static void publishNew(RunFolder folder) throws IOException {
    folder.publish(record("predict", "new"));
  }

  static RunFolder open(Configuration hadoop, Path output, String runId, OutputMode mode)
      throws IOException {
    return RunFolder.open(hadoop, new org.apache.hadoop.fs.Path(output.toString()), runId, mode);
  }

  private static void build(RunFolder folder, String text, List<String> files) throws IOException {
    folder.begin(new JsonObject());
    for (String file : files) {
      folder.writeText(file, text);
    }
  }

  static RunRecord record(String command, String finishedAt) {
    return new RunRecord(
        command,
        null,
        finishedAt,
        1,
        0,
        "error",
        0,
        1,
        null,
        List.of(),
        List.of(),
        List.of(),
        0,
        List.of(),
        new JsonObject(),
        new JsonObject());
  }

  /** What a reader of the output folder sees: the files' texts, hidden ones left out. */
  static Map<String, String> visible(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !output.relativize(file).startsWith(RunFolder.WORK))
          .collect(
              Collectors.toMap(
                  file -> output.relativize(file).toString(),
                  Results::text,
                  (one, other) -> one,
                  TreeMap::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
