package io.shufflenet.spark.cluster;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small images of noise, the same every time. */
final class NoiseImages {
  private NoiseImages() {}

  /**
   * @param folder a new one
   */
  static Path draw(Path folder, int images) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    for (int number = 0; number < images; number++) {
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 256; pixel++) {
        image.setRGB(pixel % 16, pixel / 16, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", folder.resolve("%04d.png".formatted(number)).toFile());
    }
    return folder;
  }
}
