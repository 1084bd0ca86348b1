package io.shufflenet.spark.demo;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How a picture becomes the bytes of a file, as whole and as broken as they are met in the wild.
 */
enum Encoding {
  JPEG("jpg") {
    @Override
    byte[] encode(BufferedImage picture, float quality) throws IOException {
      return jpeg(picture, quality);
    }
  },
  /** A JPEG of one channel. */
  GREYSCALE("jpg") {
    @Override
    byte[] encode(BufferedImage picture, float quality) throws IOException {
      return jpeg(grey(picture), quality);
    }
  },
  PNG("png") {
    @Override
    byte[] encode(BufferedImage picture, float quality) throws IOException {
      return write("png", picture, quality);
    }
  },
  /**
   * A JPEG that lies on its side and whose EXIF orientation, 6, says so: upright once turned
   * clockwise.
   */
  ROTATED("jpg") {
    @Override
    byte[] encode(BufferedImage picture, float quality) throws IOException {
      return withOrientation(jpeg(turnedLeft(picture), quality), 6);
    }
  },
  /** A JPEG that ends in the middle, as after a broken download. */
  TRUNCATED("jpg") {
    @Override
    byte[] encode(BufferedImage picture, float quality) throws IOException {
      byte[] whole = jpeg(picture, quality);
      return Arrays.copyOf(whole, whole.length * 3 / 5);
    }
  },
  /** What a server answers in place of an image that it does not have. */
  ERROR_PAGE("jpg") {
    @Override
    byte[] encode(BufferedImage picture, float quality) {
      return """
      <!DOCTYPE html>
      <html><head><title>404 Not Found</title></head>
      <body><h1>Not Found</h1><p>The requested image was not found on this server.</p></body></html>
      """
          .getBytes(StandardCharsets.UTF_8);
    }
  };

  /**
   * Marker and length; a name; a big-endian TIFF header; one entry: tag 0x112, one SHORT; no
   * further directory.
   */
  private static final byte[] EXIF =
      HexFormat.of()
          .parseHex(
              "FFE10022"
                  + "457869660000"
                  + "4D4D002A00000008"
                  + "0001"
                  + "011200030000000100000000"
                  + "00000000");

  private static final int EXIF_ORIENTATION = 29;

  private final String ending;

  Encoding(String ending) {
    this.ending = ending;
  }

  /**
   * The bytes of a file that shows, or fails to show, a packed RGB picture; the quality, in 0..1,
   * is JPEG's.
   */
  abstract byte[] encode(BufferedImage picture, float quality) throws IOException;

  String ending() {
    return ending;
  }

  private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
    return write("jpeg", picture, quality);
  }

  private static byte[] write(String format, BufferedImage picture, float quality)
      throws IOException {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(picture), format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage grey(BufferedImage picture) {
    BufferedImage grey =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int colour = picture.getRGB(x, y);
        int luma =
            (299 * Tint.red(colour) + 587 * Tint.green(colour) + 114 * Tint.blue(colour)) / 1000;
        grey.getRaster().setSample(x, y, 0, luma);
      }
    }
    return grey;
  }

  private static BufferedImage turnedLeft(BufferedImage picture) {
    BufferedImage turned =
        new BufferedImage(picture.getHeight(), picture.getWidth(), picture.getType());
    Graphics2D graphics = turned.createGraphics();
    graphics.translate(0, turned.getHeight());
    graphics.rotate(-Math.PI / 2);
    graphics.drawImage(picture, 0, 0, null);
    graphics.dispose();
    return turned;
  }

  /** Puts an EXIF segment (APP1) behind the JFIF segment, whose length stands at byte 4. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = EXIF.clone();
    exif[EXIF_ORIENTATION] = (byte) orientation;
    int jfifEnd = 4 + ((jpeg[4] & 0xFF) << 8) + (jpeg[5] & 0xFF);
    ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length + exif.length);
    out.write(jpeg, 0, jfifEnd);
    out.writeBytes(exif);
    out.write(jpeg, jfifEnd, jpeg.length - jfifEnd);
    return out.toByteArray();
  }
}
