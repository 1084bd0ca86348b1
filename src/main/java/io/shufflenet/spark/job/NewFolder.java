package io.shufflenet.spark.job;

import io.shufflenet.spark.results.OutputFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that a command writes on any Hadoop file system. It is there whole or not at all, where
 * renaming a folder is one step: on object stores it is not.
 */
final class NewFolder {
  private final FileSystem fileSystem;
  private final Path path;

  private NewFolder(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /**
   * Names the folder, without creating it.
   *
   * @param path fully qualified
   * @throws IllegalArgumentException if something stands there
   */
  static NewFolder of(Configuration hadoop, Path path) throws IOException {
    FileSystem fileSystem = OutputFiles.fileSystem(path, hadoop);
    if (exists(fileSystem, path)) {
      throw new IllegalArgumentException(
          "Cannot write to --output %s: it is there already. Name a new folder, or delete it"
              .formatted(path));
    }
    return new NewFolder(fileSystem, path);
  }

  private static boolean exists(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.exists(path);
    } catch (IOException e) {
      throw new IOException("Cannot write to %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Fully qualified. */
  Path path() {
    return path;
  }

  /** Writes what the folder is to hold. */
  interface Contents {
    /**
     * @param folder fully qualified; not there yet
     */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes the files beside the folder, and moves them there when they are whole.
   *
   * @param files contents by name
   * @throws IOException if that fails; then no file is left
   */
  void write(Map<String, byte[]> files) throws IOException {
    write(
        folder -> {
          for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try (OutputStream out = fileSystem.create(new Path(folder, file.getKey()), false)) {
              out.write(file.getValue());
            }
          }
        });
  }

  /**
   * Writes beside the folder, and moves what is written there when it is whole.
   *
   * @throws IOException if that fails; then nothing is left
   */
  void write(Contents contents) throws IOException {
    Path aside = new Path(path.getParent(), ".shufflenet-" + RunName.now().id());
    try {
      contents.writeTo(aside);
      publish(aside);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      discard(aside, failure);
      throw failure;
    }
  }

  /** Moved onto a folder that exists, it would end up inside. */
  private void publish(Path aside) throws IOException {
    if (fileSystem.exists(path) || !fileSystem.rename(aside, path)) {
      throw new IOException("Cannot write to " + path + ": the file system refused the move");
    }
  }

  private void discard(Path aside, Throwable failure) {
    try {
      fileSystem.delete(aside, true);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
