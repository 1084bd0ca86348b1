package io.shufflenet.spark.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small images of rectangles, in a hue for each class. */
final class ColouredImages {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 80;
  private static final int RECTANGLES = 12;

  private ColouredImages() {}

  /** The same PNG for the same arguments. */
  static byte[] png(int label, int classes, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int rectangle = 0; rectangle < RECTANGLES; rectangle++) {
      float hue = (label + random.nextFloat() / 2) / classes;
      graphics.setColor(Color.getHSBColor(hue, 0.8f, 0.4f + random.nextFloat() / 2));
      int x = random.nextInt(WIDTH) - WIDTH / 2;
      int y = random.nextInt(HEIGHT) - HEIGHT / 2;
      graphics.fillRect(x, y, WIDTH, HEIGHT);
    }
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
