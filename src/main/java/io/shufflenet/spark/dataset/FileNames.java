package io.shufflenet.spark.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which names in a folder count as images. */
final class FileNames {
  /** What Hadoop's and Spark's committers, Parquet writers and macOS archives leave beside data. */
  private static final Set<String> LEFT_BY_TOOLS =
      Set.of("_SUCCESS", "_temporary", "_metadata", "_common_metadata", "__MACOSX");

  private FileNames() {}

  /** A leading underscore alone hides nothing: cameras write {@code _DSC0001.JPG}. */
  static boolean isHidden(String name) {
    return name.startsWith(".") || LEFT_BY_TOOLS.contains(name);
  }

  /** The part after the last dot in lower case, or an empty string. */
  static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the name has one of the endings, given in lower case without a dot; every name has if
   * there are none.
   */
  static boolean hasEnding(String name, List<String> endings) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return endings.isEmpty()
        || endings.stream().anyMatch(ending -> lowerCase.endsWith("." + ending));
  }
}
