package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Makes input files. A fake image holds its own name, so that a test can tell which one was read.
 */
final class TestFiles {
  /** Names that have broken other readers. */
  static final List<String> ODD_NAMES =
      List.of(
          "plain.jpg",
          "UPPER.JPG",
          "_DSC0001.JPG",
          "no ending",
          " leading and trailing ",
          "percent%.jpg",
          "encoded%20blank.jpg",
          "encoded blank.jpg",
          "hash#.jpg",
          "plus+.jpg",
          "colon:.jpg",
          "file:x.jpg",
          "what?.jpg",
          "line\nbreak.jpg",
          "[a-z]{1,2}*.jpg",
          "back\\slash.jpg",
          "comma,semicolon;.jpg",
          "double\"quote's.jpg",
          "\u00fcn\u00efc\u00f6de \u5199\u771f.jpg",
          "composed \u00e9.jpg",
          "decomposed e\u0301.jpg",
          "no-break\u00a0space.jpg",
          "\ud83d\ude00.jpg");

  private TestFiles() {}

  static Path image(Path root, String relativePath) throws IOException {
    return text(root, relativePath, relativePath);
  }

  static Path text(Path root, String relativePath, String text) throws IOException {
    Path file = root.resolve(relativePath);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /**
   * What {@code new Path(path)} opens, on the local file system without checksums: those fail on
   * colons.
   */
  static String contentOf(String path) throws IOException {
    org.apache.hadoop.fs.Path parsed = new org.apache.hadoop.fs.Path(path);
    LocalFileSystem local = FileSystem.getLocal(new Configuration());
    try (InputStream in = local.getRaw().open(parsed)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
