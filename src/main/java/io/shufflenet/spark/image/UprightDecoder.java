package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.util.function.Function;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes whole images of limited size, turned as the policy says. Thread-safe. */
final class UprightDecoder {
  private static final int CHANNELS = 3;
  private static final long MOST_PIXELS = Integer.MAX_VALUE / CHANNELS;

  private final Orientation orientation;
  private final long maxPixels;

  /**
   * @param maxPixels most pixels that an image may have: 1 to 715827882
   * @throws IllegalStateException if this host cannot load OpenCV
   */
  UprightDecoder(Orientation orientation, long maxPixels) {
    if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "Cannot decode images of up to image.max-pixels = %d pixels: it is 1 to %d"
              .formatted(maxPixels, MOST_PIXELS));
    }
    OpenCv.require();
    this.orientation = orientation;
    this.maxPixels = maxPixels;
  }

  long maxPixels() {
    return maxPixels;
  }

  /**
   * The image's bounds once it is turned.
   *
   * @throws ImageException if it has too many pixels
   */
  Rectangle bounds(ImageHeader header) throws ImageException {
    if (header.pixels() > maxPixels) {
      throw new ImageException(
          Kind.TOO_LARGE,
          "%d x %d pixels are more than the %d allowed"
              .formatted(header.width(), header.height(), maxPixels));
    }
    return turn(header) >= ImageHeader.FIRST_SIDEWAYS
        ? new Rectangle(0, 0, header.height(), header.width())
        : new Rectangle(0, 0, header.width(), header.height());
  }

  /**
   * What {@code crop} makes of the image's rows of blue, green and red, which it may not keep.
   *
   * @throws ImageException if the bytes give no pixels, or OpenCV fails on them
   */
  byte[] decode(byte[] encoded, ImageHeader header, Function<Mat, byte[]> crop)
      throws ImageException {
    try (Mat stored = new Mat();
        Mat upright = new Mat()) {
      Pixels.decode(encoded, header, maxPixels, stored);
      if (header.format() == Format.TIFF || turn(header) == ImageHeader.UPRIGHT) {
        return crop.apply(stored);
      }
      Upright.turn(stored, header.orientation(), upright);
      return crop.apply(upright);
    } catch (RuntimeException e) {
      // One image must not end a job.
      throw OpenCv.failure(e);
    }
  }

  private int turn(ImageHeader header) {
    boolean turned = header.format() == Format.TIFF || orientation == Orientation.APPLY;
    return turned ? header.orientation() : ImageHeader.UPRIGHT;
  }
}
