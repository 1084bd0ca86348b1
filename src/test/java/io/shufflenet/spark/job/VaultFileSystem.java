package io.shufflenet.spark.job;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local file system under {@code vault://USER:PASSWORD@HOST}, whose paths carry the password as
 * those of FTP servers do. Files named {@code denied-*} may not be read.
 */
public final class VaultFileSystem extends RawLocalFileSystem {
  private URI uri;

  @Override
  public void initialize(URI name, Configuration hadoop) throws IOException {
    uri = URI.create(name.getScheme() + "://" + name.getRawAuthority());
    super.initialize(name, hadoop);
  }

  @Override
  public String getScheme() {
    return "vault";
  }

  @Override
  public URI getUri() {
    return uri == null ? URI.create("vault:///") : uri; // Hadoop's constructor asks already
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (path.getName().startsWith("denied-")) {
      throw new AccessControlException("no entry to " + path);
    }
    return super.open(path, bufferSize);
  }
}
