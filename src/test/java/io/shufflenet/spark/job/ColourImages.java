package io.shufflenet.spark.job;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images that are told apart by their colour, so that a few steps of training suffice. */
final class ColourImages {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;
  private static final int NOISE = 60;

  private ColourImages() {}

  /** Noisy images of about that colour, the same for the same seed. */
  static void draw(Path folder, Color colour, int images, long seed) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(seed);
    for (int number = 0; number < images; number++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          image.setRGB(x, y, near(colour, random).getRGB());
        }
      }
      ImageIO.write(image, "png", folder.resolve(number + ".png").toFile());
    }
  }

  private static Color near(Color colour, Random random) {
    return new Color(
        near(colour.getRed(), random),
        near(colour.getGreen(), random),
        near(colour.getBlue(), random));
  }

  private static int near(int value, Random random) {
    return Math.min(255, Math.max(0, value + random.nextInt(2 * NOISE + 1) - NOISE));
  }
}
