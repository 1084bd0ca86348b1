package io.shufflenet.spark.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes small JPEGs of images, for people to look at: turned as EXIF says. Thread-safe. */
public final class ThumbnailEncoder {
  private static final int QUALITY = 80;

  private final int side;
  private final UprightDecoder decoder;

  /**
   * @param side longest side in pixels that a thumbnail has; a smaller image keeps its size
   * @param maxPixels most pixels that an image may have: 1 to 715827882
   * @throws IllegalStateException if this host cannot load OpenCV
   */
  public ThumbnailEncoder(int side, long maxPixels) {
    this.side = side;
    this.decoder = new UprightDecoder(Orientation.APPLY, maxPixels);
  }

  /**
   * @return a JPEG
   * @throws ImageException if the bytes give no pixels, or too many
   */
  public byte[] encode(byte[] encoded) throws ImageException {
    ImageHeader header = ImageHeader.read(encoded);
    Rectangle bounds = decoder.bounds(header);
    return decoder.decode(encoded, header, image -> jpeg(image, bounds));
  }

  private byte[] jpeg(Mat image, Rectangle bounds) {
    double scale = Math.min(1, (double) side / Math.max(bounds.width(), bounds.height()));
    try (Size size = new Size(scaled(bounds.width(), scale), scaled(bounds.height(), scale));
        Mat small = new Mat();
        BytePointer jpeg = new BytePointer();
        IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
      opencv_imgproc.resize(image, small, size, 0, 0, opencv_imgproc.INTER_AREA);
      opencv_imgcodecs.imencode(".jpg", small, jpeg, quality);
      byte[] bytes = new byte[(int) jpeg.limit()];
      jpeg.get(bytes);
      return bytes;
    }
  }

  private static int scaled(int length, double scale) {
    return Math.max(1, (int) Math.round(length * scale));
  }
}
