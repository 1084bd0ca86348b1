package io.shufflenet.spark.results;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files that are written one by one, not by Spark. */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Where a path lies. Without Hadoop's checksums of local files: they would be files beside them,
   * and a kill could part the two.
   */
  public static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem found = path.getFileSystem(hadoop);
    return found instanceof LocalFileSystem local ? local.getRaw() : found;
  }
}
