package io.shufflenet.spark.image;

import io.shufflenet.spark.GoldenFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images for tests: golden ones, drawn ones, and encoded ones with something put into them. */
final class TestImages {
  private static final int PNG_HEADER_END = 33;

  private TestImages() {}

  static byte[] golden(String name) {
    try {
      return Files.readAllBytes(GoldenFiles.IMAGES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No two rows or columns of it are the same, and it has few enough colours for a palette. */
  static BufferedImage picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = x * 7 / width * 40;
        int green = y * 5 / height * 60;
        int blue = (x + y) % 3 * 100;
        picture.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return picture;
  }

  /** The same picture in another of BufferedImage's types. */
  static BufferedImage as(int type, BufferedImage picture) {
    BufferedImage converted = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        converted.setRGB(x, y, picture.getRGB(x, y));
      }
    }
    return converted;
  }

  /** Rows of blue, green, red. */
  static byte[] bgr(BufferedImage picture) {
    ByteBuffer bgr = ByteBuffer.allocate(picture.getWidth() * picture.getHeight() * 3);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        bgr.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
      }
    }
    return bgr.array();
  }

  static byte[] encode(BufferedImage picture, String format) {
    return encode(picture, format, null);
  }

  /**
   * @param compression one of the writer's; null for none in particular
   */
  static byte[] encode(BufferedImage picture, String format, String compression) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (compression != null) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType(compression);
      }
      writer.setOutput(output);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** EXIF data that hold nothing but an orientation. */
  static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(26).order(order);
    byte letter = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    exif.put(letter).put(letter).putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return exif.array();
  }

  /** A JPEG with these EXIF data behind its first marker. */
  static byte[] jpegWithExif(byte[] jpeg, byte[] exif) {
    byte[] prefix = ascii("Exif\0\0");
    ByteBuffer segment = ByteBuffer.allocate(4 + prefix.length + exif.length);
    segment.putShort((short) 0xFFE1).putShort((short) (2 + prefix.length + exif.length));
    segment.put(prefix).put(exif);
    return inserted(jpeg, 2, segment.array());
  }

  /** A PNG with this chunk behind its header. */
  static byte[] pngWith(byte[] png, String type, byte[] data) {
    return inserted(png, PNG_HEADER_END, chunk(type, data));
  }

  private static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(ascii(type)).put(data);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) sum.getValue()).array();
  }

  /** A plain TIFF in one strip. */
  static byte[] tiff(BufferedImage picture, int orientation) {
    int[][] tags = {
      {256, picture.getWidth()}, {257, picture.getHeight()}, {258, 8}, {259, 1}, {262, 2},
      {273, 138}, {274, orientation}, {277, 3}, {278, picture.getHeight()}, {284, 1}
    };
    byte[] bgr = bgr(picture);
    ByteBuffer file = ByteBuffer.allocate(138 + bgr.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("II*\0")).putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
    }
    file.position(138);
    for (int i = 0; i < bgr.length; i += 3) {
      file.put(bgr[i + 2]).put(bgr[i + 1]).put(bgr[i]);
    }
    return file.array();
  }

  /** A WebP container of these chunks around a canvas. */
  static byte[] webp(int width, int height, byte[] chunks) {
    ByteBuffer file = ByteBuffer.allocate(30 + chunks.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(22 + chunks.length).put(ascii("WEBPVP8X")).putInt(10).putInt(2);
    put24(file, width - 1);
    put24(file, height - 1);
    return file.put(chunks).array();
  }

  /** A frame of an animation. */
  static byte[] webpFrame(int left, int top, byte[] webp) {
    ByteBuffer frame = ByteBuffer.allocate(24 + webp.length - 12).order(ByteOrder.LITTLE_ENDIAN);
    frame.put(ascii("ANMF")).putInt(16 + webp.length - 12);
    put24(frame, left / 2);
    put24(frame, top / 2);
    return frame.position(24).put(webp, 12, webp.length - 12).array();
  }

  private static void put24(ByteBuffer bytes, int value) {
    bytes.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
  }

  static byte[] inserted(byte[] bytes, int at, byte[] insertion) {
    ByteBuffer longer = ByteBuffer.allocate(bytes.length + insertion.length);
    longer.put(bytes, 0, at).put(insertion).put(bytes, at, bytes.length - at);
    return longer.array();
  }

  static byte[] removed(byte[] bytes, int from, int end) {
    ByteBuffer shorter = ByteBuffer.allocate(bytes.length - (end - from));
    return shorter.put(bytes, 0, from).put(bytes, end, bytes.length - end).array();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
