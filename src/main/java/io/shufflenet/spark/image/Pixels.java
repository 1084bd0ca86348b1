package io.shufflenet.spark.image;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;

import io.shufflenet.spark.image.ImageException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Decodes each format in the way that gives Pillow's pixels: with OpenCV where it decodes alike and
 * refuses what is damaged, in Java where it does not.
 */
final class Pixels {
  /** Java's JPEG reader needs four bytes of heap for each pixel. */
  private static final long MOST_ON_HEAP = 1 << 24;

  private Pixels() {}

  /**
   * Puts the image's rows of blue, green and red into {@code pixels}, as they are stored; of a TIFF
   * upright.
   *
   * @throws ImageException if there are none, or other ones than the header says
   */
  static void decode(byte[] encoded, ImageHeader header, long maxPixels, Mat pixels)
      throws ImageException {
    Bytes bytes = Bytes.of(encoded, ByteOrder.BIG_ENDIAN);
    Bytes littleEndian = bytes.in(ByteOrder.LITTLE_ENDIAN);
    switch (header.format()) {
      case JPEG -> jpeg(encoded, JpegFile.read(bytes), header, pixels);
      case PNG -> OpenCv.decode(PngFile.essence(encoded), pixels);
      case WEBP -> webp(new WebpFile(littleEndian).firstImage(), header, pixels);
      case TIFF -> tiff(encoded, new TiffFile(bytes), maxPixels, pixels);
      case GIF -> GifFile.read(littleEndian).decode(room(header, pixels));
      case BMP -> BmpFile.read(littleEndian).decode(room(header, pixels));
      case PNM -> PnmFile.read(bytes).decode(room(header, pixels));
    }
    if ((long) pixels.rows() * pixels.cols() != header.pixels()) {
      throw new ImageException(
          Kind.CORRUPT,
          "the header says %d x %d pixels, and the data have %d x %d"
              .formatted(header.width(), header.height(), pixels.cols(), pixels.rows()));
    }
  }

  private static void jpeg(byte[] encoded, JpegFile file, ImageHeader header, Mat pixels)
      throws ImageException {
    file.check();
    if (!OpenCv.refusesTruncatedJpegs() && file.isTruncated()) {
      throw truncatedJpeg();
    }
    if (file.isCmyk() && !file.isTruncated() && header.pixels() <= MOST_ON_HEAP) {
      try {
        CmykJpeg.decode(encoded, file.isYcck(), room(header, pixels));
        return;
      } catch (IOException | RuntimeException e) {
        // OpenCV then decides whether there is an image.
      }
    }
    try {
      OpenCv.decode(encoded, pixels);
    } catch (ImageException e) {
      throw file.isTruncated() ? truncatedJpeg() : e;
    }
  }

  private static ImageException truncatedJpeg() {
    return new ImageException(Kind.TRUNCATED, "the JPEG ends before its end marker");
  }

  private static void webp(WebpImage image, ImageHeader header, Mat pixels) throws ImageException {
    OpenCv.decode(image.encoded(), pixels);
    int right = header.width() - image.left() - image.size().width();
    int bottom = header.height() - image.top() - image.size().height();
    if (image.left() + image.top() + right + bottom == 0) {
      return;
    }
    try (Scalar black = Scalar.all(0)) {
      copyMakeBorder(
          pixels, pixels, image.top(), bottom, image.left(), right, BORDER_CONSTANT, black);
    }
  }

  private static void tiff(byte[] encoded, TiffFile file, long maxPixels, Mat pixels)
      throws ImageException {
    if (file.check(maxPixels)) {
      OpenCv.decode(encoded, pixels);
      return;
    }
    ImageHeader header = file.header();
    if (header.orientation() == ImageHeader.UPRIGHT) {
      file.decode(maxPixels, room(header, pixels));
      return;
    }
    try (Mat stored = new Mat()) {
      file.decode(maxPixels, room(header, stored));
      Upright.turn(stored, header.orientation(), pixels);
    }
  }

  private static ByteBuffer room(ImageHeader header, Mat pixels) {
    pixels.create(header.height(), header.width(), opencv_core.CV_8UC3);
    return pixels.createBuffer();
  }
}
