package io.shufflenet.spark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;

/** A file or folder that exists, with its full path. */
record InputLocation(FileSystem fileSystem, FileStatus status) {

  /**
   * @throws IllegalArgumentException if {@code input.path} names nothing
   */
  static InputLocation of(InputSettings settings, SparkSession spark) throws IOException {
    return of(settings.path(), InputSettings.PATH_KEY, spark.sparkContext().hadoopConfiguration());
  }

  /**
   * @param key the configuration key that {@code value} stands under
   * @throws IllegalArgumentException if it is no path of a known file system, or nothing is there
   * @throws IOException if the file system refuses or fails
   */
  static InputLocation of(String value, String key, Configuration configuration)
      throws IOException {
    Path path;
    FileSystem fileSystem;
    try {
      path = new Path(value);
      fileSystem = path.getFileSystem(configuration);
    } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
      throw new IllegalArgumentException(
          "Cannot read %s = %s: %s".formatted(key, value, e.getMessage()), e);
    }
    return new InputLocation(fileSystem, existing(fileSystem, path, value, key));
  }

  private static FileStatus existing(FileSystem fileSystem, Path path, String value, String key)
      throws IOException {
    try {
      return fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          "Cannot read %s = %s: %s does not exist%s"
              .formatted(key, value, fileSystem.makeQualified(path), hint(key, value)),
          e);
    } catch (IOException e) {
      throw new IOException("Cannot read %s = %s: %s".formatted(key, value, e.getMessage()), e);
    }
  }

  private static String hint(String key, String value) {
    if (value.chars().anyMatch(c -> "*?[{,".indexOf(c) >= 0)) {
      return "; glob patterns and lists of paths are not supported";
    }
    boolean mayBeTable = key.endsWith(".path") && !value.contains("/");
    return mayBeTable
        ? "; for a table in the catalog say %s = table".formatted(key.replace(".path", ".format"))
        : "";
  }

  Path path() {
    return status.getPath();
  }

  boolean isFolder() {
    return status.isDirectory();
  }

  FolderWalk walk() {
    return FolderWalk.of(FolderLister.of(fileSystem, path()), path());
  }
}
