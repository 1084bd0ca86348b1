package io.shufflenet.spark.dataset;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Paths that users name. */
public final class HadoopPath {
  private HadoopPath() {}

  /**
   * The path, with its file system.
   *
   * @param key the setting or option that names it, for messages
   * @throws IllegalArgumentException if it is no path, or of a file system that is not there
   */
  public static Path named(Configuration hadoop, String key, String value) {
    try {
      Path path = new Path(value);
      return path.getFileSystem(hadoop).makeQualified(path);
    } catch (IOException | RuntimeException e) {
      String hint =
          e.getCause() instanceof ClassNotFoundException
              ? ". Spark lacks the jars of that file system: docs/storage.md says which"
              : "";
      throw new IllegalArgumentException(
          "Cannot use %s = %s: %s%s".formatted(key, value, e.getMessage(), hint), e);
    }
  }
}
