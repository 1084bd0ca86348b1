package io.shufflenet.spark.job;

import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.model.Weights;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads checkpoints from any Hadoop file system. */
final class CheckpointFile {
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private CheckpointFile() {}

  /**
   * @throws CheckpointException if it is no checkpoint
   * @throws IllegalArgumentException if there is no such file, or it is of another network
   */
  static Weights weights(Configuration hadoop, String name) throws IOException {
    return Weights.read(read(hadoop, name), name);
  }

  private static byte[] read(Configuration hadoop, String name) throws IOException {
    Path path = Hadoop.path(hadoop, "model.path", name);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    FileStatus status = status(fileSystem, path);
    if (status.isDirectory()) {
      throw new IllegalArgumentException(
          "Cannot read checkpoint " + name + ": it is a folder; name the file in it");
    }
    if (status.getLen() > LONGEST) {
      throw new IllegalArgumentException(
          "Cannot read checkpoint " + name + ": " + status.getLen() + " bytes are too many");
    }
    try (InputStream in = fileSystem.open(path)) {
      return in.readNBytes(LONGEST);
    }
  }

  private static FileStatus status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          "Cannot read checkpoint " + path + ": there is no such file", e);
    }
  }
}
