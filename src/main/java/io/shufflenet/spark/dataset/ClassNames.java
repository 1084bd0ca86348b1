package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The names of a model's classes, in the order of their indices.
 *
 * @param names each once, none blank; at least one
 * @param source where they come from, for messages
 */
record ClassNames(List<String> names, String source) {
  /** The configuration key of the file with the names. */
  static final String KEY = "model.class-names";

  private static final String OF_MODEL = "the model";
  private static final long MOST_BYTES = 64L << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * @throws IllegalArgumentException if a name is blank or stands there twice; the message counts
   *     lines from 1
   */
  ClassNames {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw cannotUse(source, "it is empty");
    }
    Map<String, Integer> lines = new HashMap<>();
    for (int line = 1; line <= names.size(); line++) {
      String name = names.get(line - 1);
      if (name.isBlank()) {
        throw cannotUse(source, "line %s is blank".formatted(line));
      }
      Integer earlier = lines.put(name, line);
      if (earlier != null) {
        throw cannotUse(source, "lines %s and %s are both '%s'".formatted(earlier, line, name));
      }
    }
  }

  /**
   * Reads a text file in UTF-8: the name of class i stands in line i, counted from 0. A byte order
   * mark and blank lines at the end do not count; lines may end as on Windows.
   *
   * @param file on any Hadoop file system
   * @throws IllegalArgumentException if there is no such file, or it is not a list of names
   * @throws IOException if the file cannot be read
   */
  static ClassNames read(String file, Configuration configuration) throws IOException {
    InputLocation location = InputLocation.of(file, KEY, configuration);
    if (location.isFolder()) {
      throw cannotUse(file, "it is a folder");
    }
    if (location.status().getLen() > MOST_BYTES) {
      throw cannotUse(
          file, "%s bytes are too many for names".formatted(location.status().getLen()));
    }
    try (InputStream in = location.fileSystem().open(location.path())) {
      return parse(in.readAllBytes(), file);
    }
  }

  /** Those that came with the model; none where it has none. */
  static Optional<ClassNames> ofModel(List<String> names) {
    return names.isEmpty() ? Optional.empty() : Optional.of(new ClassNames(names, OF_MODEL));
  }

  static ClassNames parse(byte[] text, String source) {
    List<String> names = new ArrayList<>();
    for (String line : decoded(text, source).split("\n", -1)) {
      names.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    while (!names.isEmpty() && names.get(names.size() - 1).isBlank()) {
      names.remove(names.size() - 1);
    }
    return new ClassNames(names, source);
  }

  private static String decoded(byte[] text, String source) {
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      return decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Cannot use class names %s: the file is not UTF-8".formatted(source), e);
    }
  }

  private static IllegalArgumentException cannotUse(String source, String reason) {
    return new IllegalArgumentException("Cannot use class names %s: %s".formatted(source, reason));
  }
}
