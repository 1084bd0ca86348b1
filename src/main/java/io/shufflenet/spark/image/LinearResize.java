package io.shufflenet.spark.image;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** OpenCV's {@code resize} with {@code INTER_LINEAR}. */
final class LinearResize {
  private static final int CHANNELS = 3;

  private LinearResize() {}

  /** The crop's rows of pixels of three bytes. */
  static byte[] crop(Mat image, CropPlan plan) {
    try (Mat resized = new Mat();
        Size size = new Size(plan.width(), plan.height())) {
      opencv_imgproc.resize(image, resized, size, 0, 0, opencv_imgproc.INTER_LINEAR);
      ByteBuffer pixels = resized.createBuffer();
      int length = plan.size() * CHANNELS;
      byte[] crop = new byte[plan.size() * length];
      for (int y = 0; y < plan.size(); y++) {
        int from = ((plan.top() + y) * plan.width() + plan.left()) * CHANNELS;
        pixels.get(from, crop, y * length, length);
      }
      return crop;
    }
  }
}
