package io.shufflenet.spark.checkpoint;

/** The bytes that reading a file may still allocate for what the file claims to hold. */
final class MemoryBudget {
  private static final long FLOOR = 16L << 20;

  private final long limit;
  private long left;

  private MemoryBudget(long limit) {
    this.limit = limit;
    this.left = limit;
  }

  /**
   * Twice the file's length, and a little for small files: enough for compression and for shared
   * weights.
   */
  static MemoryBudget forFile(long length) {
    return new MemoryBudget(2 * length + FLOOR);
  }

  void take(long bytes, String purpose) throws FormatException {
    if (bytes > left) {
      throw new FormatException(
          ("%s needs %d bytes, and the file's content would take more than %d in all: "
                  + "it is damaged or made to exhaust memory")
              .formatted(purpose, bytes, limit));
    }
    left -= bytes;
  }
}
