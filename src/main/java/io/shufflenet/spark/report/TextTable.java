package io.shufflenet.spark.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under one heading, in columns as wide as their widest cell and two blanks apart. */
public final class TextTable {
  private final Align[] columns;
  private final List<String[]> rows = new ArrayList<>();

  /** Where a cell's text stands in its column. */
  public enum Align {
    LEFT,
    RIGHT
  }

  public TextTable(Align... columns) {
    this.columns = columns;
  }

  /** One cell for each column. */
  public TextTable row(String... cells) {
    rows.add(cells);
    return this;
  }

  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < columns.length; column++) {
      String blanks = " ".repeat(width(column) - length(cells[column]));
      line.append("  ");
      line.append(columns[column] == Align.LEFT ? cells[column] + blanks : blanks + cells[column]);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(cells -> length(cells[column])).max().orElse(0);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
