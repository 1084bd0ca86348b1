package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The image files that are read, sorted by name. */
final class ImageSet {
  private static final long MAX_PIXELS = 100_000_000;

  /** Folders called by numbers are class indices, whatever the network's classes are called. */
  private static final int CLASSES = 10;

  private final List<Path> files;
  private final ImageDecoder decoder;

  private ImageSet(List<Path> files, Preprocessing preprocessing) {
    this.files = files;
    this.decoder = new ImageDecoder(preprocessing, Orientation.IGNORE, MAX_PIXELS);
  }

  /**
   * All files under a folder but hidden ones.
   *
   * @throws IllegalArgumentException if there are none
   */
  static ImageSet of(Path folder, Preprocessing preprocessing) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> files =
          tree.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("Cannot measure with " + folder + ": it has no files");
      }
      return new ImageSet(files, preprocessing);
    }
  }

  int size() {
    return files.size();
  }

  /**
   * What a task of the job does with an image before the network; from the last on to the first.
   */
  byte[] decode(int index) throws IOException, ImageException {
    byte[] encoded = Files.readAllBytes(files.get(index));
    return decoder.decode(encoded, ImageHeader.read(encoded));
  }

  /**
   * The crops of the first so many files that can be decoded, over and over if there are fewer.
   *
   * @throws IllegalArgumentException if none can be
   */
  List<byte[]> crops(int count) throws IOException {
    List<byte[]> crops = new ArrayList<>();
    for (int index = 0; index < files.size() && crops.size() < count; index++) {
      addIfDecodable(index, crops);
    }
    if (crops.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot measure with %s and others: none can be decoded".formatted(files.get(0)));
    }
    for (int index = 0; crops.size() < count; index++) {
      crops.add(crops.get(index));
    }
    return crops;
  }

  private void addIfDecodable(int index, List<byte[]> crops) throws IOException {
    try {
      crops.add(decode(index));
    } catch (ImageException e) {
      // The job makes an error row of it.
    }
  }

  /**
   * Lays out a labelled folder of so many files, which are links to these, over and over.
   *
   * @throws IOException if it cannot be written
   */
  void layOut(Path folder, int count) throws IOException {
    delete(folder);
    for (int label = 0; label < CLASSES; label++) {
      Files.createDirectories(folder.resolve(Integer.toString(label)));
    }
    for (int index = 0; index < count; index++) {
      Path file = files.get(index % files.size());
      String name = String.format(Locale.ROOT, "%07d-%s", index, file.getFileName());
      link(folder.resolve(Integer.toString(index % CLASSES)).resolve(name), file.toRealPath());
    }
  }

  private static void link(Path link, Path file) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, link); // on another file system
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
