package io.shufflenet.spark.image;

/** Rows of bytes that come out of a compressed stream, one after the other. */
interface Rows extends AutoCloseable {
  /**
   * Fills the next row.
   *
   * @throws ImageException if the stream ends before, or means nothing
   */
  void read(byte[] row) throws ImageException;

  /** Refuses a stream that turns out to be damaged behind its last row. */
  default void end() throws ImageException {}

  @Override
  default void close() {}
}
