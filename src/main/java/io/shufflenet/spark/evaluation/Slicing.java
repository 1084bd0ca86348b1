package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * By which columns predictions are sliced.
 *
 * @param by {@code report.by}: the columns' names
 * @param minSupport {@code report.min-support}: how many evaluated images a slice needs so that it
 *     is told beside the others
 */
public record Slicing(List<String> by, long minSupport) {
  public static final Slicing NONE = new Slicing(List.of(), 1);

  static final String KEY = "report.by";

  /** {@code array<struct<column: int, value: string>>}: the slices that an image is in. */
  static final String SLICES = "slices of report.by";

  static final String COLUMN = "column";
  static final String VALUE = "value";

  private static final int MOST_VALUES = 1_000;

  /**
   * @throws IllegalArgumentException if a name is blank or stands there twice, or there is no
   *     support to ask for
   */
  public Slicing {
    by = List.copyOf(by);
    if (by.stream().anyMatch(String::isBlank) || by.stream().distinct().count() < by.size()) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s: a name is blank or stands there twice".formatted(KEY, by));
    }
    if (minSupport < 1) {
      throw new IllegalArgumentException(
          "Cannot use report.min-support = %s: at least 1".formatted(minSupport));
    }
  }

  /**
   * Notes in each row which slices it is in, for {@link Evaluation#of(Dataset, List, Slicing)}.
   *
   * @param rows with the columns to slice by, or marked already
   * @throws IllegalArgumentException if one is missing, or holds no single values
   */
  public Dataset<Row> mark(Dataset<Row> rows) {
    if (by.isEmpty() || List.of(rows.columns()).contains(SLICES)) {
      return rows;
    }
    List<Column> slices = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      slices.add(
          struct(lit(i).as(COLUMN), require(rows, by.get(i)).cast(DataTypes.StringType).as(VALUE)));
    }
    return rows.withColumn(SLICES, array(slices.toArray(Column[]::new)));
  }

  /**
   * Looks at the columns' values: a Spark job for each.
   *
   * @throws IllegalArgumentException if one is missing, holds no single values, or more than a
   *     thousand different ones
   */
  public void requireFewValues(Dataset<Row> rows) {
    for (String name : by) {
      if (rows.select(require(rows, name)).distinct().limit(MOST_VALUES + 1).count()
          > MOST_VALUES) {
        throw new IllegalArgumentException(
            "Cannot slice by %s = %s: the column has more than %,d different values"
                .formatted(KEY, name, MOST_VALUES));
      }
    }
  }

  private static Column require(Dataset<Row> rows, String name) {
    TableColumn column = TableColumn.require(rows, KEY, name);
    if (!isSingle(column.type())) {
      throw new IllegalArgumentException(
          "Cannot slice by %s = %s: its type is %s and must be one of single values"
              .formatted(KEY, name, column.type().simpleString()));
    }
    return column.column();
  }

  private static boolean isSingle(DataType type) {
    return !(type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof BinaryType);
  }
}
