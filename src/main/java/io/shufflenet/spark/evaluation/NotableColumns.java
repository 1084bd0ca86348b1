package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.PATH;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static io.shufflenet.spark.results.PredictionSchema.TOP_K;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What predictions tell of a {@link NotableImage}; null for what they have no column for. */
final class NotableColumns {
  private final Set<String> columns;

  NotableColumns(Dataset<Row> predictions) {
    this.columns = Set.of(predictions.columns());
  }

  boolean areThere(String... names) {
    return columns.containsAll(Set.of(names));
  }

  /** What tells images apart, so that of equals always the same come first. */
  Column[] names() {
    return new Column[] {
      column(RELATIVE_PATH, DataTypes.StringType), column(PATH, DataTypes.StringType)
    };
  }

  /** All that {@link #read} reads, as the first columns of a row. */
  Column[] image() {
    return new Column[] {
      column(PATH, DataTypes.StringType),
      column(RELATIVE_PATH, DataTypes.StringType),
      column(LABEL, DataTypes.StringType),
      column(PREDICTED, DataTypes.StringType),
      column(PROBABILITY, DataTypes.DoubleType),
      column(LABEL_PROBABILITY, DataTypes.DoubleType),
      second("class", DataTypes.StringType).as("second"),
      second("probability", DataTypes.DoubleType).as("second_probability")
    };
  }

  /** A field of the second most probable class; null where there is none. */
  Column second(String field, DataType type) {
    return (areThere(TOP_K) ? get(col(TOP_K), lit(1)).getField(field) : lit(null)).cast(type);
  }

  private Column column(String name, DataType type) {
    return (areThere(name) ? col(name) : lit(null)).cast(type).as(name);
  }

  static NotableImage read(Row row) {
    return new NotableImage(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        probability(row, 4),
        probability(row, 5),
        row.getString(6),
        probability(row, 7));
  }

  private static Double probability(Row row, int column) {
    return row.isNullAt(column) ? null : (Double) row.getDouble(column);
  }
}
