package io.shufflenet.spark.dataset;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Reads whole files through Hadoop's FileSystem. What may pass (throttling, a timeout, a lost
 * connection) is tried again with growing pauses and then thrown; what will not pass is an {@link
 * UnreadableImageException}. Thread-safe.
 */
public final class ImageReader {
  private static final Set<String> WEB = Set.of("http", "https");

  private final Configuration hadoop;
  private final int maxBytes;
  private final Attempts attempts;

  /**
   * @param maxBytes longest file that is read
   */
  public ImageReader(Configuration hadoop, int maxBytes) {
    this(hadoop, maxBytes, () -> {});
  }

  /**
   * @param retried hears of every attempt after a file's first
   */
  public ImageReader(Configuration hadoop, int maxBytes, Runnable retried) {
    this(hadoop, maxBytes, retried, Attempts.PATIENCE);
  }

  ImageReader(Configuration hadoop, int maxBytes, Runnable retried, Duration patience) {
    this.hadoop = hadoop;
    this.maxBytes = maxBytes;
    this.attempts = new Attempts(retried, patience);
  }

  /**
   * @param path null where a row names no file
   * @throws UnreadableImageException if the file is gone, too long, or no file at all
   * @throws IOException if it may be there and still cannot be read, access denied included
   */
  public byte[] read(String path) throws IOException {
    if (path == null) {
      throw new UnreadableImageException("no-content", "the row has neither bytes nor a path");
    }
    if (MemberName.isPath(path)) {
      throw new UnreadableImageException(
          "no-content", "a member of a tar file that holds no bytes of it, as a link does");
    }
    return attempts.of(path, () -> open(path));
  }

  /**
   * As {@link #read(String)}; what is longer than may be is not opened.
   *
   * @param length in bytes; null where only reading tells
   */
  public byte[] read(String path, Long length) throws IOException {
    if (length != null && length > maxBytes) {
      throw tooLong();
    }
    return read(path);
  }

  private byte[] open(String name) throws IOException {
    try {
      Path path = new Path(name);
      FileSystem fileSystem = unchecked(path.getFileSystem(hadoop));
      refuseSpecial(fileSystem, path);
      try (InputStream in = fileSystem.open(path)) {
        byte[] bytes = in.readNBytes(maxBytes);
        if (bytes.length == maxBytes && in.read() >= 0) {
          throw tooLong();
        }
        return bytes;
      } catch (FileNotFoundException e) {
        throw missing(fileSystem, path, e);
      }
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown; // how Hadoop tells that a name server did not answer, which may pass
      }
      throw new UnreadableImageException("bad-path", "not a path: " + e.getMessage());
    } catch (UnsupportedFileSystemException e) {
      throw new UnreadableImageException("bad-path", e.getMessage());
    } catch (RuntimeException e) {
      if (e.getCause()
          instanceof ClassNotFoundException absent) { // of a known scheme's file system
        throw new UnreadableImageException("bad-path", absent.getMessage());
      }
      throw e;
    } catch (ChecksumException e) {
      throw new UnreadableImageException(
          "checksum", "the file does not match its checksum: " + e.getMessage());
    }
  }

  /**
   * Hadoop's checksums of local files get in the way: it cannot build their names where a file's
   * own holds a colon.
   */
  static FileSystem unchecked(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem;
  }

  /** Opening a pipe waits for somebody to write into it, and may do so for ever. */
  private static void refuseSpecial(FileSystem fileSystem, Path path)
      throws UnreadableImageException {
    if (fileSystem instanceof RawLocalFileSystem local && isSpecial(local.pathToFile(path))) {
      throw new UnreadableImageException("not-a-file", "a pipe, socket or device, not a file");
    }
  }

  private static boolean isSpecial(File file) {
    try {
      return Files.readAttributes(file.toPath(), BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      return false; // opening it tells why
    }
  }

  private UnreadableImageException tooLong() {
    return new UnreadableImageException(
        "too-large", "longer than image.max-bytes = " + maxBytes + " bytes");
  }

  /**
   * A local file that may not be read is reported as missing by Hadoop, and so is a folder; of web
   * addresses it says that every one is there.
   */
  private static IOException missing(FileSystem fileSystem, Path path, FileNotFoundException cause)
      throws IOException {
    try {
      FileStatus status = fileSystem.getFileStatus(path);
      if (WEB.contains(fileSystem.getUri().getScheme())) {
        return new UnreadableImageException("not-found", "the server has no such file");
      }
      if (status.isDirectory()) {
        return new UnreadableImageException("not-a-file", "a folder, not a file");
      }
      String reason = String.valueOf(cause.getMessage());
      return reason.contains("Permission denied") ? new AccessControlException(reason) : cause;
    } catch (FileNotFoundException e) {
      return new UnreadableImageException("not-found", "the file is not there");
    }
  }
}
