package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The lines of a text file in UTF-8. A byte order mark and blank lines at the end do not count;
 * lines may end as on Windows.
 */
final class TextLines {
  private static final long MOST_BYTES = 64L << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextLines() {}

  /**
   * @param file on any Hadoop file system
   * @param key the configuration key that {@code file} stands under
   * @param named what messages call the file
   * @throws IllegalArgumentException if there is no such file, it is no text, or too long
   * @throws IOException if the file cannot be read
   */
  static List<String> read(String file, String key, String named, Configuration configuration)
      throws IOException {
    InputLocation location = InputLocation.of(file, key, configuration);
    if (location.isFolder()) {
      throw cannotUse(named, "it is a folder");
    }
    long bytes = location.status().getLen();
    if (bytes > MOST_BYTES) {
      throw cannotUse(
          named, "its %s bytes are more than the %s that are read".formatted(bytes, MOST_BYTES));
    }
    try (InputStream in = location.fileSystem().open(location.path())) {
      return of(in.readAllBytes(), named);
    }
  }

  static List<String> of(byte[] text, String named) {
    List<String> lines = new ArrayList<>();
    for (String line : decoded(text, named).split("\n", -1)) {
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static String decoded(byte[] text, String named) {
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      return decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Cannot use %s: the file is not UTF-8".formatted(named), e);
    }
  }

  static IllegalArgumentException cannotUse(String named, String reason) {
    return new IllegalArgumentException("Cannot use %s: %s".formatted(named, reason));
  }
}
