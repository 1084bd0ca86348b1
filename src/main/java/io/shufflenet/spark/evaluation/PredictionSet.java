package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Predictions that can be measured.
 *
 * @param rows with the columns of {@link io.shufflenet.spark.results.PredictionSchema}, as far as
 *     they are known
 * @param classNames name of each class by index
 * @param notes what a person should know about how they were taken
 */
public record PredictionSet(Dataset<Row> rows, List<String> classNames, List<String> notes) {
  public PredictionSet {
    classNames = List.copyOf(classNames);
    notes = List.copyOf(notes);
  }

  /** Our own predictions, whose classes are now called otherwise. */
  public static PredictionSet renamed(Dataset<Row> rows, List<String> classNames) {
    return new PredictionSet(rows.drop(LABEL, PREDICTED), classNames, List.of()).named();
  }

  /** With the names of label and prediction where these columns are missing. */
  PredictionSet named() {
    Set<String> columns = Set.of(rows.columns());
    Dataset<Row> named = rows;
    if (!columns.contains(PREDICTED)) {
      named = named.withColumn(PREDICTED, name(col(PREDICTED_INDEX)));
    }
    if (!columns.contains(LABEL)) {
      named =
          named.withColumn(
              LABEL,
              columns.contains(LABEL_INDEX)
                  ? name(col(LABEL_INDEX))
                  : array_join(transform(col(Reading.LABELS), this::name), ", "));
    }
    return new PredictionSet(named, classNames, notes);
  }

  private Column name(Column index) {
    List<String> names = classNames;
    UDF1<Integer, String> name = one -> one == null ? null : names.get(one);
    return udf(name, DataTypes.StringType).apply(index);
  }

  PredictionSet with(Dataset<Row> others, List<String> moreNotes) {
    return new PredictionSet(
        others, classNames, Stream.concat(notes.stream(), moreNotes.stream()).toList());
  }
}
