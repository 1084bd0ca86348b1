package io.shufflenet.spark.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/**
 * Holds a spool's folder against other runs, of this process or another, as long as it is open. The
 * system releases it when a process dies.
 */
final class SpoolLock implements AutoCloseable {
  private final FileChannel channel;

  private SpoolLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException if another run holds the folder, or it cannot be written to
   */
  static SpoolLock take(SpoolFiles files) throws IOException {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) != null) {
        return new SpoolLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      throw files.cannotUse(e);
    }
    throw new IOException("Cannot spool to %s: another run is using it".formatted(files.folder()));
  }

  /** Null where another run has it. */
  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // a run of this process
    }
  }

  boolean isHeld() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
