package io.shufflenet.spark.demo;

import io.shufflenet.spark.demo.Photograph.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Renders a labelled image folder, one sub-folder a class, so that a first run needs no download.
 * The pictures are drawn by Java2D and look like photographs: objects of varied build, colour,
 * pattern, pose and light among clutter, before backgrounds that several classes share. They are
 * JPEGs of 230 to 730 pixels a side, but for a few greyscale ones, a PNG, one that lies on its side
 * (EXIF orientation 6), and two that cannot be decoded: one truncated, one an HTML page.
 */
public final class DemoImages {
  /** The classes, which are also the folders' names, in the order of their indices. */
  public static final List<String> CLASSES = Subject.ALL.stream().map(Subject::name).toList();

  /** Which set of images: no picture is in both. */
  public enum Split {
    /** For measuring: 30 files a class, the undecodable ones included. */
    TEST(0, 30),
    /** For training: 400 files a class. */
    TRAINING(1000, 400);

    private final long seed;
    private final int imagesPerClass;

    Split(long seed, int imagesPerClass) {
      this.seed = seed;
      this.imagesPerClass = imagesPerClass;
    }

    public int imagesPerClass() {
      return imagesPerClass;
    }
  }

  private static final int VERSION = 1;

  /** How the second picture of a class is encoded, where it is not an ordinary JPEG. */
  private static final Map<String, Encoding> SECOND =
      Map.of(
          "airship", Encoding.GREYSCALE,
          "butterfly", Encoding.GREYSCALE,
          "lighthouse", Encoding.GREYSCALE,
          "teapot", Encoding.GREYSCALE,
          "fish", Encoding.PNG,
          "bicycle", Encoding.ROTATED,
          "mug", Encoding.TRUNCATED,
          "windmill", Encoding.ERROR_PAGE);

  private DemoImages() {}

  /**
   * Renders a set into a folder, on all cores: the same bytes each time on the same JDK. What an
   * earlier call made there is reused if it is whole and of the same set, else replaced.
   *
   * @throws IllegalArgumentException if the folder holds anything that no earlier call made
   * @throws IOException if the folder cannot be written
   */
  public static void render(Path folder, Split split) throws IOException {
    render(folder, split.seed, split.imagesPerClass);
  }

  /** One sound picture, a JPEG of 500 x 375 pixels: the same bytes each time on the same JDK. */
  public static byte[] photograph() throws IOException {
    beHeadless();
    Size size = new Size(500, 375, 0);
    BufferedImage picture = Photograph.of(Subject.ALL.get(0), new Dice(1), List.of(size));
    return Encoding.JPEG.encode(picture, 0.95f);
  }

  static void render(Path folder, long seed, int imagesPerClass) throws IOException {
    Marker marker = marker(folder, seed, imagesPerClass);
    if (marker.vouches()) {
      return;
    }
    if (!marker.exists()) {
      refuseForeign(folder);
    }
    List<Shot> shots = shots(imagesPerClass);
    List<String> files = shots.stream().map(Shot::file).toList();
    Files.createDirectories(folder);
    marker.begin(files);
    for (String name : CLASSES) {
      Files.createDirectories(folder.resolve(name));
    }
    shoot(folder, seed, shots);
    marker.finish(files);
  }

  private static Marker marker(Path folder, long seed, int imagesPerClass) {
    return new Marker(
        folder.resolve(".demo-images"),
        String.format(
            Locale.ROOT,
            "demo images, version %d, seed %d, %d a class",
            VERSION,
            seed,
            imagesPerClass));
  }

  private static void refuseForeign(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "Cannot render demo images into %s: it is a file".formatted(folder));
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      if (entries.iterator().hasNext()) {
        throw new IllegalArgumentException(
            "Cannot render demo images into %s: it holds files that the demo did not make"
                .formatted(folder));
      }
    }
  }

  private static List<Shot> shots(int imagesPerClass) {
    return Subject.ALL.stream()
        .flatMap(
            subject ->
                IntStream.rangeClosed(1, imagesPerClass)
                    .mapToObj(number -> new Shot(subject, number)))
        .toList();
  }

  private static void shoot(Path folder, long seed, List<Shot> shots) throws IOException {
    beHeadless();
    try {
      shots.parallelStream().forEach(shot -> shot.write(folder, seed));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /**
   * Else Java2D looks for the display that a stale DISPLAY names, and fails where there is none.
   */
  private static void beHeadless() {
    System.setProperty("java.awt.headless", "true");
  }

  /** One picture to be taken, counted from 1 in its class. */
  private record Shot(Subject subject, int number) {
    Encoding encoding() {
      return number == 2 ? SECOND.getOrDefault(subject.name(), Encoding.JPEG) : Encoding.JPEG;
    }

    String file() {
      String name = subject.name();
      return String.format(Locale.ROOT, "%s/%s-%03d.%s", name, name, number, encoding().ending());
    }

    void write(Path folder, long seed) {
      Dice dice = new Dice((seed * 31 + subject.name().hashCode()) * 1_000_003 + number);
      BufferedImage picture = Photograph.of(subject, dice, Photograph.SIZES);
      try {
        Files.write(
            folder.resolve(file()), encoding().encode(picture, (float) dice.between(0.7, 0.95)));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
