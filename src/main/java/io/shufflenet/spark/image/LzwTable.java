package io.shufflenet.spark.image;

/**
 * Turns LZW's codes of growing width into the bytes that they stand for. Below the clear code a
 * code is a byte; above the end code, which follows, it is a string that was learnt.
 */
final class LzwTable {
  private static final int CODES = 4096;
  private static final int MOST_BITS = 12;

  private final int clear;
  private final int growsAt;

  /** For each code above the end code: its last byte, and the code of what comes before. */
  private final byte[] last = new byte[CODES];

  private final int[] prefix = new int[CODES];

  /** Bytes that are decoded and not yet read, in reverse. */
  private final byte[] pending = new byte[CODES + 1];

  private int pendingCount;
  private int next;
  private int width;
  private int previous;

  /**
   * @param clear the clear code, a power of two
   * @param early codes before a width is used up at which codes grow: 0 in GIF, 1 in TIFF
   */
  LzwTable(int clear, int early) {
    this.clear = clear;
    this.growsAt = early;
    restart();
  }

  int clearCode() {
    return clear;
  }

  int endCode() {
    return clear + 1;
  }

  /** Bits of the next code. */
  int codeWidth() {
    return width;
  }

  /** Forgets what was learnt, as the clear code demands. */
  void restart() {
    next = clear + 2;
    width = Integer.numberOfTrailingZeros(clear) + 1;
    previous = -1;
  }

  boolean isEmpty() {
    return pendingCount == 0;
  }

  byte poll() {
    return pending[--pendingCount];
  }

  /** Takes a code that is neither the clear nor the end code; false where it means nothing. */
  boolean take(int code) {
    if (code > next || (previous < 0 && code >= clear)) {
      return false;
    }
    if (previous < 0) {
      pending[pendingCount++] = (byte) code;
    } else {
      expand(code);
      learn();
    }
    previous = code;
    return true;
  }

  /** A code that is about to be learnt stands for the previous string and its own first byte. */
  private void expand(int code) {
    boolean unknown = code == next;
    int rest = unknown ? previous : code;
    pendingCount = unknown ? 1 : 0;
    while (rest >= clear) {
      pending[pendingCount++] = last[rest];
      rest = prefix[rest];
    }
    pending[pendingCount++] = (byte) rest;
    if (unknown) {
      pending[0] = (byte) rest;
    }
  }

  private void learn() {
    if (next == CODES) {
      return;
    }
    last[next] = pending[pendingCount - 1];
    prefix[next] = previous;
    next++;
    if (next == (1 << width) - growsAt && width < MOST_BITS) {
      width++;
    }
  }
}
