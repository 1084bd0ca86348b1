package io.shufflenet.spark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.SparkSession;

/**
 * Local files under {@code faulty:/}; a folder named "vanished" is gone when listed, "forbidden"
 * cannot be.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("faulty:///");

  static void register(SparkSession spark) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    configuration.set("fs.faulty.impl", FaultyFileSystem.class.getName());
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    if (folder.getName().equals("vanished")) {
      throw new FileNotFoundException("File " + folder + " does not exist");
    }
    if (folder.getName().equals("forbidden")) {
      throw new AccessControlException("Permission denied");
    }
    return super.listStatus(folder);
  }
}
