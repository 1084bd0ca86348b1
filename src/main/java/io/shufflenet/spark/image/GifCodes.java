package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;

/** The colour indices in GIF's compressed blocks (GIF89a specification, appendix F). */
final class GifCodes implements Rows {
  private static final int MOST_BITS = 11;

  private final Bytes bytes;
  private final LzwTable table;
  private int at;
  private int blockEnd;
  private int bits;
  private int bitCount;

  /**
   * @param at where the minimum code size stands, in front of the blocks
   */
  GifCodes(Bytes bytes, int at) throws ImageException {
    int minimum = bytes.u8(at);
    if (minimum > MOST_BITS) {
      throw corrupt();
    }
    this.bytes = bytes;
    this.at = at + 1;
    blockEnd = this.at;
    table = new LzwTable(1 << minimum, 0);
  }

  @Override
  public void read(byte[] row) throws ImageException {
    for (int x = 0; x < row.length; x++) {
      while (table.isEmpty()) {
        decode();
      }
      row[x] = table.poll();
    }
  }

  private void decode() throws ImageException {
    int code = code();
    if (code == table.clearCode()) {
      table.restart();
    } else if (code == table.endCode()) {
      throw truncated();
    } else if (!table.take(code)) {
      throw corrupt();
    }
  }

  private int code() throws ImageException {
    int width = table.codeWidth();
    while (bitCount < width) {
      if (at == blockEnd) {
        openBlock();
      }
      bits |= bytes.u8(at++) << bitCount;
      bitCount += 8;
    }
    int code = bits & ((1 << width) - 1);
    bits >>>= width;
    bitCount -= width;
    return code;
  }

  private void openBlock() throws ImageException {
    if (at >= bytes.length()) {
      throw truncated();
    }
    int length = bytes.u8(at++);
    if (length == 0 || at + length > bytes.length()) {
      throw truncated();
    }
    blockEnd = at + length;
  }

  private static ImageException truncated() {
    return new ImageException(Kind.TRUNCATED, "the GIF's first image ends before its last row");
  }

  private static ImageException corrupt() {
    return new ImageException(Kind.CORRUPT, "the GIF's first image has a code that means nothing");
  }
}
