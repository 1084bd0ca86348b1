package io.shufflenet.spark.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the images come from.
 *
 * @param path {@code input.path}: a folder or file on any Hadoop file system, without glob
 *     patterns, or with format {@code table} the name of a table in Spark's catalog
 * @param format {@code input.format}: {@code auto}, {@code folder}, {@code webdataset}, {@code
 *     table}, or any format that Spark reads
 * @param columns {@code input.columns}: which columns of a table hold what
 * @param root {@code input.root}: what relative paths in a table stand under; empty for the folder
 *     that holds the manifest (of a table that is a folder without an ending such as {@code
 *     .parquet}, that folder itself; of a catalog table, the working directory of the default file
 *     system)
 * @param keep {@code input.keep}: columns of a table to carry along, in this order
 * @param extensions {@code input.extensions}: the endings of the files of a folder, or of the
 *     members of tar files, to take, in any case, with or without a dot; empty for every file that
 *     is not hidden, and for members with an image's usual ending. Held in lower case without the
 *     dot
 * @param truth labels for a folder without subfolders
 * @param limit {@code input.limit}: the size of the sample to draw; 0 for all images
 * @param seed {@code input.seed}: what the sample is drawn with
 */
public record InputSettings(
    String path,
    String format,
    InputColumns columns,
    String root,
    List<String> keep,
    List<String> extensions,
    TruthSettings truth,
    int limit,
    long seed) {
  static final String PATH_KEY = "input.path";
  static final String FORMAT_KEY = "input.format";
  static final String ROOT_KEY = "input.root";
  static final String KEEP_KEY = "input.keep";
  static final String EXTENSIONS_KEY = "input.extensions";
  static final String LIMIT_KEY = "input.limit";

  static final String AUTO = "auto";
  static final String FOLDER = "folder";
  static final String TABLE = "table";
  static final String WEBDATASET = "webdataset";

  private static final Set<String> REFUSED_FORMATS = Set.of("image", "binaryfile");

  /**
   * Checks each value by itself.
   *
   * @throws IllegalArgumentException if one cannot be meant; the message names its key
   */
  public InputSettings {
    require(!path.isBlank(), PATH_KEY, path, "it is empty; name a folder or a table");
    require(!format.isBlank(), FORMAT_KEY, format, "it is empty; say auto");
    require(
        !REFUSED_FORMATS.contains(format.toLowerCase(Locale.ROOT)),
        FORMAT_KEY,
        format,
        "Spark's own reader loses files or fails on bad ones; say folder");
    require(limit >= 0, LIMIT_KEY, limit, "it must be 0 (all) or more");
    keep = List.copyOf(keep);
    Set<String> keptOnce = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : keep) {
      require(!column.isBlank(), KEEP_KEY, keep, "a name is empty");
      require(keptOnce.add(column), KEEP_KEY, keep, column + " stands there twice");
    }
    extensions = extensions.stream().map(InputSettings::normalizedExtension).distinct().toList();
  }

  private static String normalizedExtension(String extension) {
    String ending = extension.startsWith(".") ? extension.substring(1) : extension;
    require(
        !ending.isBlank() && !ending.contains("/"),
        EXTENSIONS_KEY,
        extension,
        "it is not the ending of a file name");
    return ending.toLowerCase(Locale.ROOT);
  }

  private static void require(boolean condition, String key, Object value, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("Cannot use %s = %s: %s".formatted(key, value, otherwise));
    }
  }

  /** All images of another set of the same make. */
  public InputSettings at(String other) {
    return new InputSettings(
        other, format, columns, root, keep, extensions, TruthSettings.NONE, 0, seed);
  }

  /** Whether {@code path} is a name in Spark's catalog. */
  public boolean isCatalogTable() {
    return hasFormat(TABLE);
  }

  /** What of them names a table. */
  TableSettings table() {
    return new TableSettings("input", path, format);
  }

  /**
   * @param what the input is, as in {@code is an image folder}
   * @throws IllegalArgumentException if there is a setting of what only a table has
   */
  void refuseColumns(String what) {
    List<String> refused = new ArrayList<>(columns.named());
    if (!keep.isEmpty()) {
      refused.add(KEEP_KEY + " = " + keep);
    }
    if (!root.isEmpty()) {
      refused.add(ROOT_KEY + " = " + root);
    }
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use %s: %s %s, which has no columns"
              .formatted(String.join(", ", refused), namedPath(), what));
    }
  }

  /**
   * @param format what the input is read as
   * @throws IllegalArgumentException if there is a ground truth
   */
  void refuseTruth(String format) {
    if (truth.isGiven()) {
      throw new IllegalArgumentException(
          "Cannot use %s: %s is read as %s, which has labels of its own; it is for an image folder"
              .formatted(truth.namedTruth(), namedPath(), format));
    }
  }

  boolean hasFormat(String name) {
    return format.equalsIgnoreCase(name);
  }

  /** {@code input.path = VALUE}, for messages. */
  String namedPath() {
    return PATH_KEY + " = " + path;
  }
}
