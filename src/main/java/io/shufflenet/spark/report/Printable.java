package io.shufflenet.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names and paths of other people's making, cut to a width and without control characters, for a
 * terminal.
 */
public final class Printable {
  private static final String CUT = "...";

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Printable() {}

  /** The whole text as one line; what a terminal would obey is written as in Java's source. */
  public static String escaped(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                  if (isCommand(point)) {
                    line.append(String.format(Locale.ROOT, "\\u%04x", point));
                  } else {
                    line.appendCodePoint(point);
                  }
                }
              }
            });
    return line.toString();
  }

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
    return text.codePoints().map(point -> isCommand(point) ? '?' : point).toArray();
  }

  /**
   * Control characters, line separators, and what turns the direction of writing or is not seen.
   * Joiners are letters' and emoji's own.
   */
  private static boolean isCommand(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> point != ZERO_WIDTH_JOINER && point != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  private static String string(int[] points, int from, int length) {
    return new String(points, from, length);
  }
}
