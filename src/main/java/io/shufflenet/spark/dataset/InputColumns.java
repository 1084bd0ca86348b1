package io.shufflenet.spark.dataset;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns of a table that describe an image, by the user's names: {@code a.b} is field {@code
 * b} of column {@code a}. Upper and lower case match as Spark's session says. An empty name means:
 * find the column by its usual names, which are listed here. A version column has none.
 *
 * @param content the encoded image: binary, or Hugging Face's {@code struct<bytes: binary, path:
 *     string>}; usually {@code content}, {@code image} or {@code bytes}
 * @param path where the image lies: usually the {@code path} beside Hugging Face's {@code bytes},
 *     {@code path}, {@code file}, {@code filename}, {@code file_name}, {@code image_path} or {@code
 *     image}
 * @param label the class, a string or an integer: usually {@code label} or {@code class}
 * @param relativePath the image's name within the data set: usually {@code relative_path}, else it
 *     follows from the path
 * @param version what changes when the image does
 */
public record InputColumns(
    String content, String path, String label, String relativePath, String version) {
  static final String CONTENT_KEY = "input.columns.content";
  static final String PATH_KEY = "input.columns.path";
  static final String LABEL_KEY = "input.columns.label";
  static final String RELATIVE_PATH_KEY = "input.columns.relative-path";
  static final String VERSION_KEY = "input.columns.version";

  /** Every column by its usual names. */
  public static final InputColumns USUAL = new InputColumns("", "", "", "", "");

  public InputColumns {
    Objects.requireNonNull(content, CONTENT_KEY);
    Objects.requireNonNull(path, PATH_KEY);
    Objects.requireNonNull(label, LABEL_KEY);
    Objects.requireNonNull(relativePath, RELATIVE_PATH_KEY);
    Objects.requireNonNull(version, VERSION_KEY);
  }

  /** {@code key = name} of each column that is named, for messages. */
  List<String> named() {
    return Stream.of(
            named(CONTENT_KEY, content),
            named(PATH_KEY, path),
            named(LABEL_KEY, label),
            named(RELATIVE_PATH_KEY, relativePath),
            named(VERSION_KEY, version))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> named(String key, String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(key + " = " + name);
  }
}
