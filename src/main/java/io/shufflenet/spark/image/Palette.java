package io.shufflenet.spark.image;

import java.nio.ByteBuffer;

/**
 * The colours that an image's indices stand for. An index that has none is a level of grey, as in
 * Pillow.
 */
final class Palette {
  static final int SIZE = 256;

  private static final int CHANNELS = 3;

  private final byte[] bgr = new byte[SIZE * CHANNELS];

  private Palette() {
    for (int i = 0; i < bgr.length; i++) {
      bgr[i] = (byte) (i / CHANNELS);
    }
  }

  /** Of triples of red, green, blue. */
  static Palette ofRgb(Bytes bytes, int at, int colours) throws ImageException {
    Palette palette = new Palette();
    for (int i = 0; i < colours * CHANNELS; i++) {
      palette.bgr[mirrored(i)] = (byte) bytes.u8(at + i);
    }
    return palette;
  }

  /** Of blue, green, red and {@code stride - 3} bytes of anything each. */
  static Palette ofBgr(Bytes bytes, int at, int colours, int stride) throws ImageException {
    Palette palette = new Palette();
    for (int i = 0; i < colours * CHANNELS; i++) {
      palette.bgr[i] = (byte) bytes.u8(at + i / CHANNELS * stride + i % CHANNELS);
    }
    return palette;
  }

  /** Of all red, all green, then all blue values of 16 bits. */
  static Palette ofPlanes(long[] values) {
    Palette palette = new Palette();
    int colours = Math.min(SIZE, values.length / CHANNELS);
    for (int i = 0; i < colours * CHANNELS; i++) {
      palette.bgr[mirrored(i)] = (byte) (values[i % CHANNELS * colours + i / CHANNELS] >> 8);
    }
    return palette;
  }

  /** Of the levels from black to white that {@code highest + 1} indices tell apart. */
  static Palette ofGrey(int highest) {
    Palette palette = new Palette();
    for (int i = 0; i < (highest + 1) * CHANNELS; i++) {
      palette.bgr[i] = (byte) (i / CHANNELS * 255 / highest);
    }
    return palette;
  }

  /** The same indices for the negative of each colour. */
  Palette negative() {
    Palette negative = new Palette();
    for (int i = 0; i < bgr.length; i++) {
      negative.bgr[i] = (byte) ~bgr[i];
    }
    return negative;
  }

  /** Writes colours in a row, the first one at the given pixel. */
  void put(byte[] indices, ByteBuffer pixels, int pixel) {
    byte[] row = new byte[indices.length * CHANNELS];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(bgr, Byte.toUnsignedInt(indices[i]) * CHANNELS, row, i * CHANNELS, CHANNELS);
    }
    pixels.put(pixel * CHANNELS, row);
  }

  /** Writes one colour everywhere. */
  void fill(int index, ByteBuffer pixels) {
    for (int at = 0; at < pixels.limit(); at += CHANNELS) {
      pixels.put(at, bgr, index * CHANNELS, CHANNELS);
    }
  }

  private static int mirrored(int i) {
    return i - i % CHANNELS + CHANNELS - 1 - i % CHANNELS;
  }
}
