package io.shufflenet.spark.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A JPEG of four components. OpenCV's colours are up to two levels off; Java's own reader gives the
 * inks themselves.
 */
final class CmykJpeg {
  private static final int INKS = 4;
  private static final int BLACK = 3;
  private static final int CHANNELS = 3;

  private CmykJpeg() {}

  /**
   * Writes rows of blue, green and red.
   *
   * @param ycck whether the inks are stored as luminance, chrominance and black
   * @throws IOException if Java's reader refuses the image
   */
  static void decode(byte[] encoded, boolean ycck, ByteBuffer bgr) throws IOException {
    Raster raster = raster(encoded);
    byte[] inks = new byte[raster.getWidth() * INKS];
    byte[] row = new byte[raster.getWidth() * CHANNELS];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(0, y, raster.getWidth(), 1, inks);
      convert(inks, ycck, row);
      bgr.put(y * row.length, row);
    }
  }

  private static Raster raster(byte[] encoded) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(input, true, true);
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  /** As Adobe stores them, 255 is no ink. */
  private static void convert(byte[] inks, boolean ycck, byte[] row) {
    for (int x = 0; x < row.length / CHANNELS; x++) {
      int at = x * INKS;
      byte black = (byte) ~inks[at + BLACK];
      byte cyan = (byte) ~inks[at];
      byte magenta = (byte) ~inks[at + 1];
      byte yellow = (byte) ~inks[at + 2];
      if (ycck) {
        int luminance = Byte.toUnsignedInt(inks[at]);
        int blueness = Byte.toUnsignedInt(inks[at + 1]) - 128;
        int redness = Byte.toUnsignedInt(inks[at + 2]) - 128;
        cyan = clamped(luminance, 91881 * redness);
        magenta = clamped(luminance, -22554 * blueness - 46802 * redness);
        yellow = clamped(luminance, 116130 * blueness);
      }
      row[x * CHANNELS] = Cmyk.level(yellow, black);
      row[x * CHANNELS + 1] = Cmyk.level(magenta, black);
      row[x * CHANNELS + 2] = Cmyk.level(cyan, black);
    }
  }

  /** JFIF's conversion in libjpeg's fixed point of 16 bits. */
  private static byte clamped(int luminance, int chrominance) {
    return (byte) Math.max(0, Math.min(255, luminance + ((chrominance + (1 << 15)) >> 16)));
  }
}
