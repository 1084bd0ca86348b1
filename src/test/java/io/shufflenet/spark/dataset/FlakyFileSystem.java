package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local file system under the scheme {@code flaky}, where opening a file fails as its name
 * says: {@code twice-*} time out twice and then open, {@code always-*} never opens, {@code
 * denied-*} is forbidden.
 */
public final class FlakyFileSystem extends RawLocalFileSystem {
  /** How often a file was opened, or tried to be. */
  static final AtomicInteger OPENED = new AtomicInteger();

  private static final AtomicInteger FAILURES = new AtomicInteger();

  /** A configuration that knows this file system; also resets its counts. */
  public static Configuration configuration() {
    OPENED.set(0);
    FAILURES.set(0);
    Configuration configuration = new Configuration();
    configuration.set("fs.flaky.impl", FlakyFileSystem.class.getName());
    return configuration;
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    String name = path.getName();
    if (name.startsWith("denied-")) {
      throw new AccessControlException("forbidden by the test");
    }
    if (FAILURES.get() < failures(name)) {
      FAILURES.incrementAndGet();
      throw new SocketTimeoutException("timed out by the test");
    }
    return super.open(path, bufferSize);
  }

  private static int failures(String name) {
    if (name.startsWith("always-")) {
      return Integer.MAX_VALUE;
    }
    return name.startsWith("twice-") ? 2 : 0;
  }
}
