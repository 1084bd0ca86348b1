package io.shufflenet.spark.image;

import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes images and cuts the crops that a network sees out of them. Thread-safe. */
public final class ImageDecoder {
  private static final int CHANNELS = 3;
  private static final DecodeListener NOBODY =
      new DecodeListener() {
        @Override
        public void decoded(long nanos) {}

        @Override
        public void preprocessed(long nanos) {}
      };

  private final Preprocessing preprocessing;
  private final UprightDecoder decoder;

  /**
   * @param maxPixels most pixels, as stored and as resized, that an image may have: 1 to 715827882
   * @throws IllegalStateException if this host cannot load OpenCV
   */
  public ImageDecoder(Preprocessing preprocessing, Orientation orientation, long maxPixels) {
    this.preprocessing = preprocessing;
    this.decoder = new UprightDecoder(orientation, maxPixels);
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
    return decode(encoded, header, NOBODY);
  }

  /**
   * {@link #decode(byte[], ImageHeader)}, and the listener hears how long both parts of it took. An
   * image that is refused for its size was not decoded.
   *
   * @throws ImageException if the bytes give no pixels, or too many
   */
  public byte[] decode(byte[] encoded, ImageHeader header, DecodeListener listener)
      throws ImageException {
    Rectangle bounds = decoder.bounds(header);
    CropPlan plan =
        CropPlan.of(preprocessing, bounds.width(), bounds.height(), decoder.maxPixels());
    Stopwatch stopwatch = new Stopwatch(listener);
    try {
      return decoder.decode(
          encoded,
          header,
          image -> {
            stopwatch.pixels();
            return crop(image, bounds, plan);
          });
    } finally {
      stopwatch.stop();
    }
  }

  private byte[] crop(Mat image, Rectangle bounds, CropPlan plan) {
    byte[] crop =
        switch (preprocessing.resize()) {
          case LINEAR -> LinearResize.crop(image, plan);
          case ANTIALIASED_TRIANGLE ->
              TriangleResize.crop(image.createBuffer(), image.cols(), bounds, plan);
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

  /** Tells decoding and preprocessing apart, also where one of them throws. */
  private static final class Stopwatch {
    private final DecodeListener listener;
    private final long started = System.nanoTime();
    private long decoded;
    private boolean hasPixels;

    Stopwatch(DecodeListener listener) {
      this.listener = listener;
    }

    void pixels() {
      decoded = System.nanoTime();
      hasPixels = true;
      listener.decoded(decoded - started);
    }

    void stop() {
      long now = System.nanoTime();
      if (hasPixels) {
        listener.preprocessed(now - decoded);
      } else {
        listener.decoded(now - started);
      }
    }
  }
}
