package io.shufflenet.spark.demo;

import io.shufflenet.spark.demo.Photograph.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The demo's pictures in the size of most of ImageNet's: whole JPEGs of 500 x 375, all of them. */
public final class BenchmarkImages {
  private static final int VERSION = 2;
  private static final long SEED = 77_000_000;
  private static final List<Size> SIZE = List.of(new Size(500, 375, 0));

  private BenchmarkImages() {}

  /**
   * Renders so many into a folder, on all cores; what an earlier call made there is used again.
   *
   * @throws IOException if the folder cannot be written
   */
  public static void render(Path folder, int count) throws IOException {
    Marker marker =
        new Marker(
            folder.resolve(".benchmark-images"),
            "benchmark images, version %d, %d of 500 x 375".formatted(VERSION, count));
    if (marker.vouches()) {
      return;
    }
    System.setProperty("java.awt.headless", "true");
    List<String> files = IntStream.range(0, count).mapToObj(BenchmarkImages::file).toList();
    Files.createDirectories(folder);
    marker.begin(files);
    try {
      IntStream.range(0, count).parallel().forEach(number -> shoot(folder, number));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    marker.finish(files);
  }

  private static String file(int number) {
    return String.format(Locale.ROOT, "image-%06d.jpg", number);
  }

  private static void shoot(Path folder, int number) {
    Subject subject = Subject.ALL.get(number % Subject.ALL.size());
    Dice dice = new Dice(SEED + number);
    BufferedImage picture = Photograph.of(subject, dice, SIZE);
    float quality = (float) dice.between(0.93, 0.97);
    try {
      Files.write(folder.resolve(file(number)), Encoding.JPEG.encode(picture, quality));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
