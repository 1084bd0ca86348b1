package io.shufflenet.spark.evaluation;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** A column of a table, or a field within one, as a user names it. */
record TableColumn(String name, Column column, DataType type) {

  /** The column of this name, dots and all, or else the field that the name leads to. */
  static Optional<TableColumn> find(Dataset<Row> table, String name) {
    boolean whole = Arrays.asList(table.columns()).contains(name);
    try {
      Column column = table.col(whole ? "`" + name.replace("`", "``") + "`" : name);
      DataType type = table.select(column).schema().apply(0).dataType();
      return Optional.of(new TableColumn(name, column, type));
    } catch (Exception e) { // Spark does not declare what it throws
      if (e instanceof AnalysisException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * @throws IllegalArgumentException if there is no such column; the message lists those there are
   */
  static TableColumn require(Dataset<Row> table, String key, String name) {
    return find(table, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find column %s = %s: the table has %s"
                        .formatted(key, name, String.join(", ", table.columns()))));
  }

  /**
   * As {@link #require(Dataset, String, String)}.
   *
   * @throws IllegalArgumentException also if the column is of another kind
   */
  static TableColumn require(Dataset<Row> table, String key, String name, ColumnKind kind) {
    TableColumn column = require(table, key, name);
    if (!kind.accepts(column.type())) {
      throw new IllegalArgumentException(
          "Cannot use column %s = %s: its type is %s and must be %s"
              .formatted(key, name, column.type().simpleString(), kind.words()));
    }
    return column;
  }
}
