package io.shufflenet.spark.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table: rows of cells under headings, the first cell of a row to the left, the others right.
 */
final class Grid {
  private static final String NONE = "-";

  private final List<Line> lines = new ArrayList<>();

  /** A line of text, or a row of cells under {@code text}. */
  private record Line(String text, List<String> cells) {}

  /** A line that begins a section. */
  void heading(String text) {
    lines.add(new Line("", List.of()));
    lines.add(new Line(text, List.of()));
  }

  /** A sentence below a section's rows. */
  void note(String text) {
    lines.add(new Line("  " + text, List.of()));
  }

  void row(String name, List<String> cells) {
    lines.add(new Line("  " + name, cells));
  }

  void row(String name, String... cells) {
    row(name, List.of(cells));
  }

  /** A figure of about three digits; a dash where it is no number. */
  static String figure(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** A ratio, followed by its unit {@code x}. */
  static String ratio(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f x", value) : NONE;
  }

  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : NONE;
  }

  String text() {
    int nameWidth = 0;
    int cellWidth = 0;
    for (Line line : lines) {
      if (!line.cells.isEmpty()) {
        nameWidth = Math.max(nameWidth, line.text.length());
      }
      for (String cell : line.cells) {
        cellWidth = Math.max(cellWidth, cell.length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.cells.isEmpty() ? line.text : row(line, nameWidth, cellWidth));
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String row(Line line, int nameWidth, int cellWidth) {
    StringBuilder row = new StringBuilder(line.text);
    row.append(" ".repeat(nameWidth - line.text.length()));
    for (String cell : line.cells) {
      row.append("  ").append(" ".repeat(cellWidth - cell.length())).append(cell);
    }
    return row.toString();
  }
}
