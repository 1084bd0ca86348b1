package io.shufflenet.spark.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Pillow's {@code Image.resize} with {@code BILINEAR} (its file Resample.c): a triangle filter that
 * widens as the image shrinks, in fixed point, first along rows and then along columns with bytes
 * in between. Only the crop is computed.
 */
final class TriangleResize {
  private static final int CHANNELS = 3;
  private static final int PRECISION_BITS = TriangleFilter.PRECISION_BITS;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private TriangleResize() {}

  /**
   * The crop's rows of pixels of three bytes, of what {@code source} becomes when it is resized to
   * the plan's width and height. Pixels around it play no part.
   *
   * @param pixels the image's rows of {@code columns} pixels of three bytes
   */
  static byte[] crop(ByteBuffer pixels, int columns, Rectangle source, CropPlan plan) {
    int width = source.width();
    int height = source.height();
    TriangleFilter across = new TriangleFilter(width, plan.width(), plan.left(), plan.size());
    TriangleFilter down = new TriangleFilter(height, plan.height(), plan.top(), plan.size());
    int rowLength = plan.size() * CHANNELS;
    int[] rows = new int[(down.end() - down.start()) * rowLength];
    byte[] row = new byte[(across.end() - across.start()) * CHANNELS];
    int left = source.left() + across.start();
    int seen = (Math.min(width, across.end()) - across.start()) * CHANNELS;
    for (int y = down.start(); y < Math.min(height, down.end()); y++) {
      pixels.get(((source.top() + y) * columns + left) * CHANNELS, row, 0, seen);
      narrow(row, across, rows, (y - down.start()) * rowLength);
    }
    return shorten(rows, rowLength, down);
  }

  /** Makes one row as wide as the crop, of unsigned bytes. */
  private static void narrow(byte[] row, TriangleFilter filter, int[] target, int targetAt) {
    int[] first = filter.first();
    int[] weights = filter.weights();
    int taps = filter.taps();
    int to = targetAt;
    for (int x = 0; x < first.length; x++) {
      int at = (first[x] - first[0]) * CHANNELS;
      int blue = HALF;
      int green = HALF;
      int red = HALF;
      for (int tap = 0; tap < taps; tap++) {
        int weight = weights[x * taps + tap];
        blue += Byte.toUnsignedInt(row[at]) * weight;
        green += Byte.toUnsignedInt(row[at + 1]) * weight;
        red += Byte.toUnsignedInt(row[at + 2]) * weight;
        at += CHANNELS;
      }
      target[to] = blue >> PRECISION_BITS;
      target[to + 1] = green >> PRECISION_BITS;
      target[to + 2] = red >> PRECISION_BITS;
      to += CHANNELS;
    }
  }

  private static byte[] shorten(int[] rows, int rowLength, TriangleFilter filter) {
    int[] first = filter.first();
    byte[] crop = new byte[first.length * rowLength];
    int[] sums = new int[rowLength];
    for (int y = 0; y < first.length; y++) {
      Arrays.fill(sums, HALF);
      for (int tap = 0; tap < filter.taps(); tap++) {
        int from = (first[y] - first[0] + tap) * rowLength;
        add(sums, rows, from, filter.weights()[y * filter.taps() + tap]);
      }
      for (int i = 0; i < rowLength; i++) {
        crop[y * rowLength + i] = (byte) (sums[i] >> PRECISION_BITS);
      }
    }
    return crop;
  }

  private static void add(int[] sums, int[] rows, int from, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += rows[from + i] * weight;
    }
  }
}
