package io.shufflenet.spark.training;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads any part of a file from any thread. */
final class SpoolReader implements AutoCloseable {
  private final Path file;
  private FileChannel channel;
  private boolean closed;

  SpoolReader(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * @throws ClosedByInterruptException if this thread is interrupted; other threads read on
   * @throws IOException if the file fails or is closed
   */
  byte[] read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (true) {
      try {
        fill(bytes.clear(), offset, openChannel());
        return bytes.array();
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ClosedChannelException e) {
        requireOpen(); // else the interrupt of another thread closed the channel: reads again
      }
    }
  }

  private void fill(ByteBuffer bytes, long offset, FileChannel from) throws IOException {
    while (bytes.hasRemaining()) {
      if (from.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("Cannot read " + file + ": it became shorter");
      }
    }
  }

  private synchronized FileChannel openChannel() throws IOException {
    requireOpen();
    if (!channel.isOpen()) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }
    return channel;
  }

  private synchronized void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("Cannot read " + file + ": the spool is closed");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
