package io.shufflenet.spark.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A tar file, for one task to read. Not a record, which Kryo cannot read back where it is Spark's
 * serializer.
 */
final class Shard implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String path;
  private final String relativePath;
  private final String version;

  private Shard(String path, String relativePath, String version) {
    this.path = path;
    this.relativePath = relativePath;
    this.version = version;
  }

  static Shard of(FolderFile file) {
    return new Shard(file.path().toString(), file.relativePath(), file.version());
  }

  /** Full. */
  String path() {
    return path;
  }

  String relativePath() {
    return relativePath;
  }

  /** As {@link ImageRows#VERSION}. */
  String version() {
    return version;
  }

  private boolean isCompressed() {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") || name.endsWith(".tgz");
  }

  /** What is to be called for when something is wrong at a byte of {@link #open}. */
  String at(long position) {
    return "%s at byte %,d%s".formatted(path, position, isCompressed() ? " (unpacked)" : "");
  }

  /**
   * The tar file's bytes, unpacked.
   *
   * @throws IOException if it cannot be opened; opening it is tried as {@link Attempts} says
   */
  ShardStream open(Configuration hadoop) throws IOException {
    InputStream raw = new Attempts(() -> {}, Attempts.PATIENCE).of(path, () -> opened(hadoop));
    try {
      InputStream bytes = new BufferedInputStream(raw, BUFFER_BYTES);
      return new ShardStream(isCompressed() ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes);
    } catch (IOException e) {
      raw.close();
      throw new IOException("Cannot read shard %s: %s".formatted(at(0), e.getMessage()), e);
    }
  }

  private InputStream opened(Configuration hadoop) throws IOException {
    Path file = new Path(path);
    return ImageReader.unchecked(file.getFileSystem(hadoop)).open(file);
  }
}
