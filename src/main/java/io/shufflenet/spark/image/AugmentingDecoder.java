package io.shufflenet.spark.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes images and cuts crops for training out of them, each a random variation: Megvii's {@code
 * RandomResizedCrop}, {@code ColorJitter} and {@code RandomHorizontalFlip} on Pillow images.
 * Thread-safe.
 *
 * <p>Crops are resized as Pillow does, byte for byte, whatever the preprocessing's evaluation uses;
 * of the colours' values about one in ten thousand differs from Pillow's by a level or two.
 */
public final class AugmentingDecoder {
  private static final int AROUND_THE_COLUMNS_AXIS = 1;

  private final Augmentation augmentation;
  private final Preprocessing preprocessing;
  private final UprightDecoder decoder;

  /**
   * @param maxPixels most pixels that an image may have: 1 to 715827882
   * @throws IllegalStateException if this host cannot load OpenCV
   */
  public AugmentingDecoder(
      Augmentation augmentation,
      Preprocessing preprocessing,
      Orientation orientation,
      long maxPixels) {
    this.augmentation = augmentation;
    this.preprocessing = preprocessing;
    this.decoder = new UprightDecoder(orientation, maxPixels);
  }

  /**
   * A variation of the image: {@code cropSize * cropSize * 3} bytes, rows of pixels of three
   * unsigned values in the channel order of the preprocessing. The same state of {@code random}
   * gives the same bytes. It is asked, in this order, for up to ten pairs of area and aspect ratio,
   * the row and the column of the first that fits, the order of the adjustments, the factors of
   * brightness, contrast and saturation, and the mirror. Nothing is drawn for an image that has too
   * many pixels.
   *
   * @param header what {@link ImageHeader#read} made of the same bytes
   * @throws ImageException if the bytes give no pixels, or too many
   */
  public byte[] decode(byte[] encoded, ImageHeader header, RandomGenerator random)
      throws ImageException {
    Rectangle bounds = decoder.bounds(header);
    Distortion distortion = Distortion.draw(augmentation, bounds.width(), bounds.height(), random);
    return decode(encoded, header, distortion);
  }

  byte[] decode(byte[] encoded, ImageHeader header, Distortion distortion) throws ImageException {
    return decoder.decode(encoded, header, image -> distort(image, distortion));
  }

  private byte[] distort(Mat image, Distortion distortion) {
    int size = preprocessing.cropSize();
    CropPlan plan = new CropPlan(size, size, 0, 0, size);
    byte[] pixels =
        TriangleResize.crop(image.createBuffer(), image.cols(), distortion.source(), plan);
    try (BytePointer bytes = new BytePointer(pixels);
        Mat crop = new Mat(size, size, CV_8UC3, bytes)) {
      for (Distortion.Step step : distortion.steps()) {
        step.adjustment().apply(crop, step.factor());
      }
      if (distortion.mirrored()) {
        flip(crop, crop, AROUND_THE_COLUMNS_AXIS);
      }
      if (preprocessing.channels() == ChannelOrder.RGB) {
        cvtColor(crop, crop, COLOR_BGR2RGB);
      }
      crop.<ByteBuffer>createBuffer().get(pixels);
      return pixels;
    }
  }
}
