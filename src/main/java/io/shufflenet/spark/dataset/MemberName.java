package io.shufflenet.spark.dataset;

import java.util.Locale;

/**
 * What the name of a tar file's member says, as WebDataset reads it. It may be absolute or hold
 * {@code ..}: it is a name only, and no file is ever called so.
 */
record MemberName(String text) {

  /**
   * What the members of one sample have in common: everything before the first dot of the last
   * part.
   */
  String sample() {
    int dot = firstDot();
    return dot < 0 ? text : text.substring(0, dot);
  }

  /** What tells the members of a sample apart: everything after that dot, in lower case. */
  String extension() {
    int dot = firstDot();
    return dot < 0 ? "" : text.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private int firstDot() {
    return text.indexOf('.', text.lastIndexOf('/') + 1);
  }

  /** Whether it or a folder that it lies in is hidden, as in an image folder. */
  boolean isHidden() {
    for (String part : text.split("/", -1)) {
      if (!part.equals(".") && !part.equals("..") && FileNames.isHidden(part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the member lies, which no file system opens.
   *
   * @param shard full path of the tar file
   */
  String in(String shard) {
    return "tar:" + shard + "!/" + text;
  }

  /** Whether a path is what {@link #in} gives. */
  static boolean isPath(String path) {
    return path.startsWith("tar:") && path.contains("!/");
  }
}
