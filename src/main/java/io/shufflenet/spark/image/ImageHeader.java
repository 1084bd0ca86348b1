package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import java.nio.ByteOrder;

/**
 * What an encoded image says of itself before its pixels.
 *
 * @param width columns as stored, before any rotation
 * @param height rows as stored, before any rotation
 * @param orientation EXIF's value, 1 (upright) to 8; 1 where there is none
 */
public record ImageHeader(Format format, int width, int height, int orientation) {
  static final int UPRIGHT = 1;

  /** From this orientation on, rows are columns. */
  static final int FIRST_SIDEWAYS = 5;

  /**
   * Reads the header, and never pixels. The format is what the first bytes say; a file's name plays
   * no part.
   *
   * @throws ImageException if there is no whole header of a supported format
   */
  public static ImageHeader read(byte[] encoded) throws ImageException {
    Format format = Signature.format(encoded);
    Bytes bytes = Bytes.of(encoded, ByteOrder.BIG_ENDIAN);
    Bytes littleEndian = bytes.in(ByteOrder.LITTLE_ENDIAN);
    return switch (format) {
      case JPEG -> JpegFile.read(bytes).header();
      case PNG -> PngFile.header(bytes);
      case GIF -> GifFile.read(littleEndian).header();
      case BMP -> BmpFile.read(littleEndian).header();
      case PNM -> PnmFile.read(bytes).header();
      case TIFF -> new TiffFile(bytes).header();
      case WEBP -> new WebpFile(littleEndian).header();
    };
  }

  /** A header of sizes that were read as they stand in the file. */
  static ImageHeader of(Format format, long width, long height, int orientation)
      throws ImageException {
    if (width < 1 || height < 1) {
      throw new ImageException(
          Kind.CORRUPT, "its header says %d x %d pixels".formatted(width, height));
    }
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageException(
          Kind.TOO_LARGE, "its header says %d x %d pixels".formatted(width, height));
    }
    return new ImageHeader(format, (int) width, (int) height, orientation);
  }

  long pixels() {
    return (long) width * height;
  }

  /** The formats that are read. */
  public enum Format {
    JPEG,
    PNG,
    GIF,
    BMP,
    /** TIFF and BigTIFF, the first page. */
    TIFF,
    WEBP,
    /** PBM, PGM and PPM, plain and raw. */
    PNM
  }
}
