package io.shufflenet.spark.image;

import java.nio.ByteBuffer;

/**
 * What a TIFF's samples are as blue, green and red (TIFF 6.0, sections 3 to 6, 16 and 18).
 *
 * @param model the photometric interpretation
 * @param bits of each sample: 1, 2, 4, 8 or 16; of 16 only the higher 8 count
 * @param samples of each pixel, those that are not looked at included
 * @param firstByte of a sample of 16 bits, the place of its higher 8
 * @param premultiplied whether the fourth sample is an alpha that the others are multiplied with
 * @param palette of all models but RGB and CMYK
 */
record TiffColours(
    int model, int bits, int samples, int firstByte, boolean premultiplied, Palette palette) {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int CMYK = 5;
  static final int YCBCR = 6;

  private static final int CHANNELS = 3;

  /** Bytes of a row. */
  int rowLength(int width) {
    return (width * samples * bits + 7) / 8;
  }

  /** Makes samples out of differences from the same sample of the pixel before. */
  void addUp(byte[] row) {
    if (bits == Byte.SIZE) {
      for (int i = samples; i < row.length; i++) {
        row[i] += row[i - samples];
      }
      return;
    }
    for (int i = 2 * samples; i < row.length; i += 2) {
      int low = Byte.toUnsignedInt(row[i + 1 - firstByte]);
      int sum = low + Byte.toUnsignedInt(row[i + 1 - firstByte - 2 * samples]);
      row[i + 1 - firstByte] = (byte) sum;
      row[i + firstByte] += (byte) (row[i + firstByte - 2 * samples] + (sum >> 8));
    }
  }

  /** Writes a row's first {@code count} pixels, the first one at the given pixel. */
  void put(byte[] row, int count, ByteBuffer bgr, int pixel) {
    byte[] levels = levels(row, count * samples);
    switch (model) {
      case RGB -> bgr.put(pixel * CHANNELS, fromRgb(levels, count));
      case CMYK -> bgr.put(pixel * CHANNELS, fromCmyk(levels, count));
      default -> palette.put(every(samples, levels, count), bgr, pixel);
    }
  }

  /** Writes a row of one sample alone: 0 for red, 1 for green, 2 for blue. */
  void putPlane(byte[] row, int count, int sample, ByteBuffer bgr, int pixel) {
    byte[] levels = levels(row, count);
    for (int i = 0; i < count; i++) {
      bgr.put((pixel + i) * CHANNELS + CHANNELS - 1 - sample, levels[i]);
    }
  }

  /** A byte for each sample. */
  private byte[] levels(byte[] row, int count) {
    if (bits == Byte.SIZE) {
      return row;
    }
    byte[] levels = new byte[count];
    for (int i = 0; i < count; i++) {
      int bit = i * bits;
      levels[i] =
          bits > Byte.SIZE
              ? row[2 * i + firstByte]
              : (byte) ((row[bit / 8] >> (8 - bits - bit % 8)) & ((1 << bits) - 1));
    }
    return levels;
  }

  private static byte[] every(int samples, byte[] levels, int count) {
    byte[] first = new byte[count];
    for (int i = 0; i < count; i++) {
      first[i] = levels[i * samples];
    }
    return first;
  }

  private byte[] fromRgb(byte[] levels, int count) {
    byte[] bgr = new byte[count * CHANNELS];
    for (int i = 0; i < bgr.length; i++) {
      int at = i / CHANNELS * samples;
      byte level = levels[at + CHANNELS - 1 - i % CHANNELS];
      bgr[i] = premultiplied ? divided(level, levels[at + CHANNELS]) : level;
    }
    return bgr;
  }

  private static byte divided(byte level, byte alpha) {
    int divisor = Byte.toUnsignedInt(alpha);
    return divisor == 0 ? 0 : (byte) Math.min(255, Byte.toUnsignedInt(level) * 255 / divisor);
  }

  private byte[] fromCmyk(byte[] levels, int count) {
    byte[] bgr = new byte[count * CHANNELS];
    for (int i = 0; i < bgr.length; i++) {
      int at = i / CHANNELS * samples;
      bgr[i] = Cmyk.level(levels[at + CHANNELS - 1 - i % CHANNELS], levels[at + CHANNELS]);
    }
    return bgr;
  }
}
