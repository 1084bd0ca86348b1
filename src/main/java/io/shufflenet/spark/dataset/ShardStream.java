package io.shufflenet.spark.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a tar file, and how many have passed. What stands between the members is bounded and
 * looked at: a tar reader takes a file that was cut off between two members for a whole one, and
 * does not see what was put behind its end.
 */
final class ShardStream extends FilterInputStream {
  /** A longer name, or longer attributes, are no longer a header. */
  private static final int MOST_HEADER_BYTES = 1 << 20;

  private static final int RECORD_BYTES = 512;
  private static final int BUFFER_BYTES = 1 << 13;

  private long position;
  private boolean withinHeader;
  private long headerStart;
  private long headerEnd;
  private boolean zeros;

  ShardStream(InputStream bytes) {
    super(bytes);
  }

  long position() {
    return position;
  }

  /** What comes next, behind what fills up the last record, is a header or the end. */
  void headerFollows() {
    withinHeader = true;
    headerStart = (position + RECORD_BYTES - 1) / RECORD_BYTES * RECORD_BYTES;
    headerEnd = headerStart + MOST_HEADER_BYTES;
    zeros = true;
  }

  /** What comes next is a member's bytes. */
  void dataFollows() {
    withinHeader = false;
  }

  /**
   * Goes on to the end of the file, where no header followed.
   *
   * @throws IOException if the tar file's end was not there, or is not the file's
   */
  void requireEnd() throws IOException {
    boolean marked = position - headerStart >= RECORD_BYTES;
    headerEnd = Long.MAX_VALUE;
    byte[] rest = new byte[BUFFER_BYTES];
    int read = 0;
    while (marked && zeros && read >= 0) {
      read = read(rest);
    }
    if (!marked || !zeros) {
      throw new IOException("it was cut off, or something was put behind its end");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (withinHeader && position >= headerEnd) {
      throw new IOException("a header has more than " + MOST_HEADER_BYTES + " bytes");
    }
    int read = super.read(bytes, offset, length);
    int first = (int) Math.max(0, headerStart - position);
    for (int i = first; withinHeader && zeros && i < read; i++) {
      zeros = bytes[offset + i] == 0;
    }
    position += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    if (withinHeader) {
      byte[] skipped = new byte[(int) Math.min(count, BUFFER_BYTES)];
      return Math.max(0, read(skipped));
    }
    long skipped = super.skip(count);
    position += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
