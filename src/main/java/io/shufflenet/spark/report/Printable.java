package io.shufflenet.spark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Names and paths of other people's making, cut to a width and without control characters, for a
 * terminal.
 */
final class Printable {
  private static final String CUT = "...";

  private Printable() {}

  /** At most {@code width} code points, the end cut off. */
  static String head(String text, int width) {
    int[] points = points(text);
    return points.length <= width
        ? string(points, 0, points.length)
        : string(points, 0, width - CUT.length()) + CUT;
  }

  /** At most {@code width} code points, the beginning cut off. */
  static String tail(String text, int width) {
    int[] points = points(text);
    int kept = width - CUT.length();
    return points.length <= width
        ? string(points, 0, points.length)
        : CUT + string(points, points.length - kept, kept);
  }

  /** Lines of at most {@code width} code points, broken at blanks where possible. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    int[] rest = points(text.strip());
    while (rest.length > width) {
      int end = lastBlank(rest, width);
      lines.add(string(rest, 0, end).strip());
      rest = points(string(rest, end, rest.length - end).strip());
    }
    lines.add(string(rest, 0, rest.length));
    return lines;
  }

  private static int lastBlank(int[] points, int width) {
    for (int end = width; end > 0; end--) {
      if (points[end] == ' ') {
        return end;
      }
    }
    return width;
  }

  private static int[] points(String text) {
    return text.codePoints().map(point -> Character.isISOControl(point) ? '?' : point).toArray();
  }

  private static String string(int[] points, int from, int length) {
    return new String(points, from, length);
  }
}
