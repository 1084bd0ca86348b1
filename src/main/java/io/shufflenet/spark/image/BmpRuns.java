package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;

/**
 * The colour indices of a run-length coded bitmap, in the order in which they are stored. What is
 * skipped has index 0.
 */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END_OF_BITMAP = 1;
  private static final int SKIP = 2;

  private final Bytes bytes;
  private final int depth;
  private final int width;
  private final byte[] indices;
  private long at;

  /** Where the next index goes; rows follow each other. */
  private long next;

  private int column;

  /**
   * @param at where the runs begin
   * @param depth 4 or 8 bits an index
   */
  BmpRuns(Bytes bytes, long at, int depth, int width, int height) {
    this.bytes = bytes;
    this.at = at;
    this.depth = depth;
    this.width = width;
    indices = new byte[width * height];
  }

  byte[] read() throws ImageException {
    boolean more = true;
    while (more && next < indices.length && at + 1 < bytes.length()) {
      more = step(bytes.u8(at), bytes.u8(at + 1));
    }
    if (next < indices.length) {
      throw new ImageException(Kind.TRUNCATED, "the bitmap ends before its last row");
    }
    return indices;
  }

  /** Does what two bytes say, and tells whether others follow. */
  private boolean step(int count, int value) throws ImageException {
    at += 2;
    if (count > 0) {
      repeat(Math.min(count, Math.max(0, width - column)), value);
      return true;
    }
    switch (value) {
      case END_OF_ROW -> {
        next += (width - next % width) % width;
        column = 0;
      }
      case END_OF_BITMAP -> {
        return false;
      }
      case SKIP -> {
        next += bytes.u8(at) + (long) width * bytes.u8(at + 1);
        column = (int) (next % width);
        at += 2;
      }
      default -> copy(value);
    }
    return true;
  }

  private void repeat(int count, int value) {
    for (int i = 0; i < count; i++) {
      put(i, value);
    }
    column += count;
  }

  private void copy(int count) throws ImageException {
    for (int i = 0; i < count; i++) {
      put(i, bytes.u8(at + i * depth / 8));
    }
    column += count;
    int length = (count * depth + 7) / 8;
    at += length + length % 2;
  }

  /** Puts the value of 8 bits, or of 4 the higher or the lower half in turn. */
  private void put(int i, int value) {
    if (next < indices.length) {
      indices[(int) next] = (byte) (depth == 8 ? value : i % 2 == 0 ? value >> 4 : value & 0xF);
    }
    next++;
  }
}
