package io.shufflenet.spark.image;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import org.bytedeco.opencv.opencv_core.Mat;

/** Undoes EXIF's orientations (Exif 2.32, tag 0x0112). */
final class Upright {
  private static final int AROUND_THE_ROWS_AXIS = 0;
  private static final int AROUND_THE_COLUMNS_AXIS = 1;

  private Upright() {}

  /**
   * @param orientation 1 to 8
   */
  static void turn(Mat stored, int orientation, Mat upright) {
    switch (orientation) {
      case 2 -> flip(stored, upright, AROUND_THE_COLUMNS_AXIS);
      case 3 -> rotate(stored, upright, ROTATE_180);
      case 4 -> flip(stored, upright, AROUND_THE_ROWS_AXIS);
      case 5 -> transpose(stored, upright);
      case 6 -> rotate(stored, upright, ROTATE_90_CLOCKWISE);
      case 7 -> {
        try (Mat turned = new Mat()) {
          rotate(stored, turned, ROTATE_180);
          transpose(turned, upright);
        }
      }
      case 8 -> rotate(stored, upright, ROTATE_90_COUNTERCLOCKWISE);
      default -> stored.copyTo(upright);
    }
  }
}
