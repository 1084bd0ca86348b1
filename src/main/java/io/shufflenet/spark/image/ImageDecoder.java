package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes images and cuts the crops that a network sees out of them. Thread-safe. */
public final class ImageDecoder {
  private static final int CHANNELS = 3;
  private static final long MOST_PIXELS = Integer.MAX_VALUE / CHANNELS;

  private final Preprocessing preprocessing;
  private final Orientation orientation;
  private final long maxPixels;

  /**
   * @param maxPixels most pixels, as stored and as resized, that an image may have: 1 to 715827882
   * @throws IllegalStateException if this host cannot load OpenCV
   */
  public ImageDecoder(Preprocessing preprocessing, Orientation orientation, long maxPixels) {
    if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "Cannot decode images of up to image.max-pixels = %d pixels: it is 1 to %d"
              .formatted(maxPixels, MOST_PIXELS));
    }
    OpenCv.require();
    this.preprocessing = preprocessing;
    this.orientation = orientation;
    this.maxPixels = maxPixels;
  }

  /**
   * The image's crop: {@code cropSize * cropSize * 3} bytes, rows of pixels of three unsigned
   * values in the channel order of the preprocessing. An animation or a file of many pages gives
   * its first image. Alpha is left out. TIFF's own orientation is part of the format and always
   * applied.
   *
   * @param header what {@link ImageHeader#read} made of the same bytes
   * @throws ImageException if the bytes give no pixels, or too many
   */
  public byte[] decode(byte[] encoded, ImageHeader header) throws ImageException {
    if (header.pixels() > maxPixels) {
      throw new ImageException(
          Kind.TOO_LARGE,
          "%d x %d pixels are more than the %d allowed"
              .formatted(header.width(), header.height(), maxPixels));
    }
    CropPlan plan = plan(header);
    try (Mat stored = new Mat();
        Mat upright = new Mat()) {
      Pixels.decode(encoded, header, maxPixels, stored);
      if (header.format() == Format.TIFF || turn(header) == ImageHeader.UPRIGHT) {
        return crop(stored, plan);
      }
      Upright.turn(stored, header.orientation(), upright);
      return crop(upright, plan);
    } catch (RuntimeException e) {
      // One image must not end a job.
      throw OpenCv.failure(e);
    }
  }

  private CropPlan plan(ImageHeader header) throws ImageException {
    boolean sideways = turn(header) >= ImageHeader.FIRST_SIDEWAYS;
    return CropPlan.of(
        preprocessing,
        sideways ? header.height() : header.width(),
        sideways ? header.width() : header.height(),
        maxPixels);
  }

  private int turn(ImageHeader header) {
    boolean turned = header.format() == Format.TIFF || orientation == Orientation.APPLY;
    return turned ? header.orientation() : ImageHeader.UPRIGHT;
  }

  private byte[] crop(Mat image, CropPlan plan) {
    byte[] crop =
        switch (preprocessing.resize()) {
          case LINEAR -> LinearResize.crop(image, plan);
          case ANTIALIASED_TRIANGLE ->
              TriangleResize.crop(image.createBuffer(), image.cols(), image.rows(), plan);
        };
    if (preprocessing.channels() == ChannelOrder.RGB) {
      swapBlueAndRed(crop);
    }
    return crop;
  }

  private static void swapBlueAndRed(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += CHANNELS) {
      byte blue = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = blue;
    }
  }
}
