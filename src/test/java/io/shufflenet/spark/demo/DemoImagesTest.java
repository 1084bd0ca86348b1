package io.shufflenet.spark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoImagesTest {
  private static final int PER_CLASS = 2;

  @TempDir static Path shared;
  private static Path images;

  @TempDir Path folder;

  @BeforeAll
  static void render() throws IOException {
    images = shared.resolve("images");
    DemoImages.render(images, 7, PER_CLASS);
  }

  @Test
  void rendersAsManyFilesForEachClass() throws IOException {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (Path file : files(images)) {
      counts.merge(file.getParent().getFileName().toString(), 1, Integer::sum);
    }

    assertThat(counts.keySet()).containsExactlyElementsOf(DemoImages.CLASSES);
    assertThat(counts.values()).containsOnly(PER_CLASS);
  }

  @Test
  void givesTheSameBytesForTheSameSeed() throws IOException {
    DemoImages.render(folder, 7, PER_CLASS);

    for (Path file : files(images)) {
      assertThat(folder.resolve(images.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void givesOtherPicturesForAnotherSeed() throws IOException {
    DemoImages.render(folder, 8, 1);

    assertThat(Files.readAllBytes(folder.resolve("mug/mug-001.jpg")))
        .isNotEqualTo(Files.readAllBytes(images.resolve("mug/mug-001.jpg")));
  }

  @Test
  void drawsEachPictureDifferently() throws IOException {
    Set<Integer> contents = new HashSet<>();
    for (Path file : files(images)) {
      contents.add(Arrays.hashCode(Files.readAllBytes(file)));
    }

    assertThat(contents).hasSize(PER_CLASS * DemoImages.CLASSES.size());
  }

  @Test
  void breaksTwoFilesAndNoMore() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : files(images)) {
      if (!isWhole(file)) {
        broken.add(file.getFileName().toString());
      }
    }

    assertThat(broken).containsExactly("mug-002.jpg", "windmill-002.jpg");
  }

  @Test
  void namesAnErrorPageAsIfItWereAJpeg() throws IOException {
    assertThat(
            Files.readString(images.resolve("windmill/windmill-002.jpg"), StandardCharsets.UTF_8))
        .startsWith("<!DOCTYPE html>");
  }

  @Test
  void cutsTheTruncatedJpegBeforeItsEnd() throws IOException {
    byte[] truncated = Files.readAllBytes(images.resolve("mug/mug-002.jpg"));

    assertThat(truncated).startsWith(0xFF, 0xD8);
    assertThat(Arrays.copyOfRange(truncated, truncated.length - 2, truncated.length))
        .isNotEqualTo(new byte[] {(byte) 0xFF, (byte) 0xD9});
  }

  @Test
  void writesSomePicturesInGreyscale() throws IOException {
    List<String> grey = new ArrayList<>();
    for (Path file : files(images)) {
      if (isWhole(file) && ImageIO.read(file.toFile()).getRaster().getNumBands() == 1) {
        grey.add(file.getParent().getFileName().toString());
      }
    }

    assertThat(grey).containsExactly("airship", "butterfly", "lighthouse", "teapot");
  }

  @Test
  void writesOnePng() throws IOException {
    assertThat(Files.readAllBytes(images.resolve("fish/fish-002.png")))
        .startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void laysOneJpegOnItsSideAndSaysSoInExif() throws IOException {
    byte[] rotated = Files.readAllBytes(images.resolve("bicycle/bicycle-002.jpg"));
    int exif = new String(rotated, StandardCharsets.ISO_8859_1).indexOf("Exif\0\0MM\0*");

    assertThat(exif).isEqualTo(24);
    assertThat(Arrays.copyOfRange(rotated, exif + 16, exif + 28))
        .containsExactly(0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0);
  }

  @Test
  void turnsTheStoredPixelsAnticlockwise() throws IOException {
    BufferedImage upright = new BufferedImage(40, 24, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 24; y++) {
      for (int x = 32; x < 40; x++) {
        upright.setRGB(x, y, 0xFFFFFF);
      }
    }

    BufferedImage stored =
        ImageIO.read(new ByteArrayInputStream(Encoding.ROTATED.encode(upright, 0.9f)));

    assertThat(stored.getWidth()).isEqualTo(24);
    assertThat(stored.getHeight()).isEqualTo(40);
    assertThat(Tint.green(stored.getRGB(12, 2))).isGreaterThan(240);
    assertThat(Tint.green(stored.getRGB(12, 37))).isLessThan(15);
  }

  @Test
  void reusesAWholeRendering() throws IOException {
    FileTime rendered = Files.getLastModifiedTime(images.resolve("fish/fish-001.jpg"));

    DemoImages.render(images, 7, PER_CLASS);

    assertThat(Files.getLastModifiedTime(images.resolve("fish/fish-001.jpg"))).isEqualTo(rendered);
  }

  @Test
  void finishesAnInterruptedRendering() throws IOException {
    Path fish = Files.createDirectories(folder.resolve("fish"));
    Files.write(folder.resolve(".demo-images"), List.of("begun", "", "fish/fish-001.jpg"));
    Files.write(fish.resolve("fish-001.jpg"), new byte[] {1});

    DemoImages.render(folder, 7, 1);

    assertThat(files(folder)).hasSize(DemoImages.CLASSES.size());
  }

  @Test
  void refusesAFolderThatItDidNotMake() throws IOException {
    Files.write(folder.resolve("holiday.jpg"), new byte[] {1});

    assertThatThrownBy(() -> DemoImages.render(folder, 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot render demo images into %s: it holds files that the demo did not make"
                .formatted(folder));
  }

  @Test
  void refusesAFileInPlaceOfAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> DemoImages.render(file, 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot render demo images into %s: it is a file".formatted(file));
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** Whether ImageIO decodes a file without so much as a warning. */
  private static boolean isWhole(Path file) throws IOException {
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return false;
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.read(0);
      reader.dispose();
    } catch (IIOException failed) {
      return false;
    }
    return warnings.isEmpty();
  }
}
