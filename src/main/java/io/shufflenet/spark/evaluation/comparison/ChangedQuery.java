package io.shufflenet.spark.evaluation.comparison;

import static io.shufflenet.spark.evaluation.comparison.PairColumns.A;
import static io.shufflenet.spark.evaluation.comparison.PairColumns.B;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the images of joined runs that were taken for different classes. */
final class ChangedQuery {
  /** Of each kind of change. */
  static final int EXAMPLES = 10;

  private static final String CHANGE = "change";

  private final Dataset<Row> changed;

  ChangedQuery(Dataset<Row> joined, CommonClasses classes) {
    String[] names = classes.names().toArray(String[]::new);
    this.changed =
        joined
            .where(col(A.predicted()).notEqual(col(B.predicted())))
            .select(
                col(RELATIVE_PATH),
                when(PairColumns.sameLabel(), name(names, A.label())).as("label"),
                name(names, A.predicted()).as("predicted_a"),
                col(A.probability()).as("probability_a"),
                name(names, B.predicted()).as("predicted_b"),
                col(B.probability()).as("probability_b"),
                change().as(CHANGE));
  }

  private static Column name(String[] names, String index) {
    return element_at(lit(names), col(index).plus(1));
  }

  private static Column change() {
    Column same = PairColumns.sameLabel();
    return when(same.and(B.isRight()), ChangedImage.GAINED)
        .when(same.and(A.isRight()), ChangedImage.LOST)
        .otherwise(ChangedImage.OTHER);
  }

  Dataset<Row> all() {
    return changed.orderBy(RELATIVE_PATH);
  }

  /** Lost images first. */
  List<ChangedImage> examples() {
    return Stream.of(ChangedImage.LOST, ChangedImage.GAINED, ChangedImage.OTHER)
        .flatMap(
            change ->
                changed
                    .where(col(CHANGE).equalTo(change))
                    .orderBy(RELATIVE_PATH)
                    .limit(EXAMPLES)
                    .collectAsList()
                    .stream())
        .map(ChangedQuery::image)
        .toList();
  }

  private static ChangedImage image(Row row) {
    return new ChangedImage(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getDouble(3),
        row.getString(4),
        row.getDouble(5),
        row.getString(6));
  }
}
