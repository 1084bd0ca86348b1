package io.shufflenet.spark.image;

import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * What torchvision's {@code ColorJitter} does to images, as Pillow's {@code ImageEnhance} does it
 * but for single pixels that differ by a level: each mixes the image with one that lacks a quality.
 */
enum Adjustment {
  /** The other image is black. */
  BRIGHTNESS {
    @Override
    void apply(Mat image, double factor) {
      image.convertTo(image, SAME_TYPE, factor, ROUND_DOWN);
    }
  },
  /** The other image is of the mean grey. */
  CONTRAST {
    @Override
    void apply(Mat image, double factor) {
      double other = (1 - factor) * Math.floor(meanGrey(image) + 0.5);
      image.convertTo(image, SAME_TYPE, factor, other + ROUND_DOWN);
    }
  },
  /** The other image is grey. */
  SATURATION {
    @Override
    void apply(Mat image, double factor) {
      try (Mat grey = new Mat()) {
        cvtColor(image, grey, COLOR_BGR2GRAY);
        cvtColor(grey, grey, COLOR_GRAY2BGR);
        addWeighted(image, factor, grey, 1 - factor, ROUND_DOWN, image);
      }
    }
  };

  private static final int SAME_TYPE = -1;

  /** OpenCV rounds where Pillow cuts off; not a whole half, so that whole numbers stay. */
  private static final double ROUND_DOWN = -0.499;

  /**
   * Changes rows of blue, green and red in place.
   *
   * @param factor 1 changes nothing, 0 gives the other image
   */
  abstract void apply(Mat image, double factor);

  private static double meanGrey(Mat image) {
    try (Mat grey = new Mat()) {
      cvtColor(image, grey, COLOR_BGR2GRAY);
      try (Scalar mean = mean(grey)) {
        return mean.get();
      }
    }
  }
}
