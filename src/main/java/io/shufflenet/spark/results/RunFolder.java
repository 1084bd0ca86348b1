package io.shufflenet.spark.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of one run, on any Hadoop file system. Everything is built under {@code
 * <output>/.work/<run>} and moved into {@code <output>} only when whole; {@code run.json} comes
 * last and marks the run complete.
 */
public final class RunFolder {
  private static final String WORK = ".work";

  private final FileSystem fileSystem;
  private final Path output;
  private final Path work;

  private RunFolder(FileSystem fileSystem, Path output, String runId) {
    this.fileSystem = fileSystem;
    this.output = output;
    this.work = new Path(new Path(output, WORK), runId);
  }

  /**
   * Names the folder that a run will write, without creating it.
   *
   * @throws IllegalArgumentException if something already stands there
   * @throws IOException if the file system cannot be asked
   */
  public static RunFolder of(Configuration hadoop, Path path, String runId) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    refuseExisting(fileSystem, path);
    return new RunFolder(fileSystem, fileSystem.makeQualified(path), runId);
  }

  private static void refuseExisting(FileSystem fileSystem, Path output) throws IOException {
    if (!fileSystem.exists(output)) {
      return;
    }
    if (!fileSystem.getFileStatus(output).isDirectory()) {
      throw new IllegalArgumentException(
          "Cannot write to output.path = " + output + ": it is a file, not a folder");
    }
    if (fileSystem.exists(new Path(output, WORK))) {
      throw new IllegalArgumentException(
          ("Cannot write to output.path = %s: another run is at work there, or was interrupted."
                  + " If none is running, delete the folder; or name another")
              .formatted(output));
    }
    if (fileSystem.listStatusIterator(output).hasNext()) {
      throw new IllegalArgumentException(
          "Cannot write to output.path = %s: it already holds files. Name a new folder, or delete it"
              .formatted(output));
    }
  }

  /**
   * Creates the work folder, and the output folder around it.
   *
   * @throws IOException if it cannot, or another run has begun there meanwhile
   */
  public void create() throws IOException {
    if (!fileSystem.mkdirs(work)) {
      throw new IOException("Cannot create " + work);
    }
    if (fileSystem.listStatus(work.getParent()).length > 1) {
      fileSystem.delete(work, true);
      throw new IOException("Cannot write to " + output + ": another run has begun there");
    }
  }

  /** The output folder, fully qualified. */
  public Path output() {
    return output;
  }

  /** The run's name, also that of its Spark job group. */
  String runId() {
    return work.getName();
  }

  /** Where {@code name} is built, under the work folder. */
  public Path working(String name) {
    return new Path(work, name);
  }

  /** Where {@code name} stands once published. */
  public Path published(String name) {
    return new Path(output, name);
  }

  /** Moves {@code name}, now whole, from the work folder into the output folder. */
  public void publish(String name) throws IOException {
    // Moved onto a folder that exists, it would end up inside.
    if (fileSystem.exists(published(name)) || !fileSystem.rename(working(name), published(name))) {
      throw new IOException(
          "Cannot publish " + published(name) + ": the file system refused the move");
    }
  }

  /** Writes a small UTF-8 file into the work folder and publishes it. */
  public void publishText(String name, String text) throws IOException {
    writeText(name, text);
    publish(name);
  }

  /** Writes a small UTF-8 file into the work folder. */
  void writeText(String name, String text) throws IOException {
    try (OutputStream out = fileSystem.create(working(name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether {@code name} stands in the work folder. */
  boolean holds(String name) throws IOException {
    return fileSystem.exists(working(name));
  }

  /** Bytes of everything under {@code name} in the work folder. */
  long bytes(String name) throws IOException {
    return fileSystem.getContentSummary(working(name)).getLength();
  }

  /** Removes the work folder: what is published stays. */
  public void clean() throws IOException {
    fileSystem.delete(work, true);
    deleteIfEmpty(work.getParent());
  }

  private void deleteIfEmpty(Path folder) throws IOException {
    if (!fileSystem.listStatusIterator(folder).hasNext()) {
      fileSystem.delete(folder, false);
    }
  }

  /** Removes what a failed run left, but for what it had already published. */
  public void discard() throws IOException {
    clean();
    deleteIfEmpty(output);
  }
}
