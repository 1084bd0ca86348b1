package io.shufflenet.spark.job;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop as Spark will see it, before Spark starts. */
final class Hadoop {
  private Hadoop() {}

  /** Hadoop's configuration, {@code spark.hadoop.*} included. */
  static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * The path that a user named.
   *
   * @param key the setting or option that names it, for messages
   * @throws IllegalArgumentException if it is no path, or of a file system that is not there
   */
  static Path path(Configuration hadoop, String key, String value) {
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
