package io.shufflenet.spark.job;

import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Weights;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads checkpoints, and the files beside them, from any Hadoop file system. */
final class CheckpointFile {
  private static final int LONGEST = Integer.MAX_VALUE - 8;
  private static final int LONGEST_DESCRIPTION = 16 << 20;

  private CheckpointFile() {}

  /**
   * @throws CheckpointException if it is no checkpoint
   * @throws IllegalArgumentException if there is no such file, or it is of another network; if
   *     there is a file beside it that does not describe a model of its classes
   */
  static LoadedModel read(Configuration hadoop, String name) throws IOException {
    Path path = Hadoop.path(hadoop, "model.path", name);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    FileStatus status =
        status(fileSystem, path)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot read checkpoint " + path + ": there is no such file"));
    if (status.isDirectory()) {
      throw new IllegalArgumentException(
          "Cannot read checkpoint " + name + ": it is a folder; name the file in it");
    }
    if (status.getLen() > LONGEST) {
      throw new IllegalArgumentException(
          "Cannot read checkpoint " + name + ": " + status.getLen() + " bytes are too many");
    }
    Weights weights = Weights.read(content(fileSystem, path, LONGEST), name);
    return new LoadedModel(weights, description(fileSystem, beside(path), weights.classes()));
  }

  /** Put together of a URI's parts, for a name with a colon would be taken for a URI itself. */
  private static Path beside(Path checkpoint) {
    URI uri = checkpoint.toUri();
    return new Path(uri.getScheme(), uri.getAuthority(), ModelDescription.fileName(uri.getPath()));
  }

  private static Optional<ModelDescription> description(
      FileSystem fileSystem, Path path, int classes) throws IOException {
    Optional<FileStatus> status = status(fileSystem, path);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    if (status.get().isDirectory()) {
      throw cannotRead(path, "it is a folder");
    }
    if (status.get().getLen() > LONGEST_DESCRIPTION) {
      throw cannotRead(path, status.get().getLen() + " bytes are too many");
    }
    ModelDescription description =
        ModelDescription.read(content(fileSystem, path, LONGEST_DESCRIPTION), path.toString());
    int names = description.classNames().size();
    if (names != 0 && names != classes) {
      throw cannotRead(
          path,
          "it has %s class names, and the checkpoint beside it has %s classes"
              .formatted(names, classes));
    }
    return Optional.of(description);
  }

  private static byte[] content(FileSystem fileSystem, Path path, int longest) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return in.readNBytes(longest);
    }
  }

  private static Optional<FileStatus> status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException cannotRead(Path path, String reason) {
    return new IllegalArgumentException("Cannot read %s: %s".formatted(path, reason));
  }
}
