package io.shufflenet.spark.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in an output folder before a run, where its mode allows that.
 *
 * @param unfinished name of the run under {@code .work} to go on with
 * @param published the finished run, if the mode has a use for it
 */
record Standing(Optional<String> unfinished, Optional<EarlierRun> published) {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  /**
   * Looks. A publishing that was interrupted is completed first.
   *
   * @throws IllegalArgumentException if the mode does not allow what is there
   * @throws IOException if the file system fails
   */
  static Standing in(FileSystem fileSystem, Path output, OutputMode mode) throws IOException {
    if (!exists(fileSystem, output)) {
      return new Standing(Optional.empty(), Optional.empty());
    }
    if (!fileSystem.getFileStatus(output).isDirectory()) {
      throw cannotWrite(output, "it is a file, not a folder");
    }
    Swap.completeInterrupted(fileSystem, output)
        .ifPresent(run -> LOG.info("Completed the interrupted publishing of run {}", run));
    List<String> runs = runs(fileSystem, new Path(output, RunFolder.WORK));
    refuseUnfinished(output, runs, mode);
    return new Standing(runs.stream().findFirst(), published(fileSystem, output, mode));
  }

  /** The first that is asked of the output's file system. */
  private static boolean exists(FileSystem fileSystem, Path output) throws IOException {
    try {
      return fileSystem.exists(output);
    } catch (IOException e) {
      throw new IOException("Cannot write to %s: %s".formatted(output, e.getMessage()), e);
    }
  }

  private static void refuseUnfinished(Path output, List<String> runs, OutputMode mode) {
    if (mode != OutputMode.RESUME && !runs.isEmpty()) {
      throw cannotWrite(
          output,
          "another run is at work there, or was interrupted. If none is running, --mode resume goes"
              + " on with it; or delete the .work folder in it, or name another");
    }
    if (runs.size() > 1) {
      throw cannotWrite(
          output, "several runs are unfinished there. Delete all but one of .work/" + runs);
    }
  }

  /** The finished run in the folder, if the mode has a use for it. */
  private static Optional<EarlierRun> published(FileSystem fileSystem, Path output, OutputMode mode)
      throws IOException {
    Path record = new Path(output, RunFolder.RUN);
    Optional<String> json = text(fileSystem, record);
    if (json.isEmpty()) {
      refuseFiles(fileSystem, output);
      return Optional.empty();
    }
    EarlierRun earlier = EarlierRun.parse(json.get(), record.toString());
    if (!earlier.isOfPredictions()) {
      throw cannotWrite(
          output, "it holds the result of " + earlier.command() + ". Name a new folder");
    }
    if (mode == OutputMode.ERROR) {
      throw cannotWrite(
          output,
          "it already holds a result. --mode overwrite replaces it, --mode resume predicts only"
              + " images that are new or changed; or name a new folder");
    }
    return Optional.of(earlier);
  }

  private static void refuseFiles(FileSystem fileSystem, Path output) throws IOException {
    if (names(fileSystem, output).stream().anyMatch(name -> !name.equals(RunFolder.WORK))) {
      throw cannotWrite(
          output,
          "it already holds files, and no run.json of a complete result. Name a new folder");
    }
  }

  static IllegalArgumentException cannotWrite(Path output, String reason) {
    return new IllegalArgumentException(
        "Cannot write to output.path = %s: %s".formatted(output, reason));
  }

  /** Names of the folders of runs that have begun under {@code work}. */
  static List<String> runs(FileSystem fileSystem, Path work) throws IOException {
    return fileSystem.exists(work)
        ? Arrays.stream(fileSystem.listStatus(work))
            .filter(FileStatus::isDirectory)
            .map(status -> status.getPath().getName())
            .sorted()
            .toList()
        : List.of();
  }

  static List<String> names(FileSystem fileSystem, Path folder) throws IOException {
    return fileSystem.exists(folder)
        ? Arrays.stream(fileSystem.listStatus(folder))
            .map(status -> status.getPath().getName())
            .toList()
        : List.of();
  }

  static Optional<String> text(FileSystem fileSystem, Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
