package io.shufflenet.spark.demo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** What stands behind everything else in a picture: a colour for each place. */
@FunctionalInterface
interface Surface {
  /**
   * The packed colour at a place.
   *
   * @param x from 0 to the picture's width over its height
   * @param y from 0 at the top to 1 at the bottom
   */
  int colour(double x, double y);

  /** Fills a picture of packed integers. */
  default void fill(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        pixels[row * width + column] = colour((column + 0.5) / height, (row + 0.5) / height);
      }
    }
  }

  /** 0 below {@code low}, 1 above {@code high}, and a smooth way between. */
  static double ramp(double low, double high, double value) {
    double t = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return t * t * (3 - 2 * t);
  }
}
