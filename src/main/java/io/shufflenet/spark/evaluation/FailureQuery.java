package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.ERROR;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Counts the failed images by stage and kind, and names a few of each. */
final class FailureQuery {
  private static final String STAGE = "stage";
  private static final String KIND = "kind";
  private static final String PLACE = "place";

  private final Dataset<Row> failed;

  FailureQuery(Dataset<Row> predictions) {
    this.failed =
        predictions
            .where(col(ERROR).isNotNull())
            .select(
                col(ERROR).getField(STAGE).as(STAGE),
                col(ERROR).getField(KIND).as(KIND),
                (Set.of(predictions.columns()).contains(RELATIVE_PATH)
                        ? col(RELATIVE_PATH)
                        : lit(null).cast(DataTypes.StringType))
                    .as(RELATIVE_PATH));
  }

  List<FailureGroup> run() {
    List<Row> examples = examples();
    List<FailureGroup> groups = new ArrayList<>();
    for (Row row : failed.groupBy(STAGE, KIND).agg(count(lit(1))).collectAsList()) {
      String stage = row.getString(0);
      String kind = row.getString(1);
      groups.add(new FailureGroup(stage, kind, row.getLong(2), paths(examples, stage, kind)));
    }
    return groups;
  }

  /**
   * A limit on a row number is one that Spark applies before it shuffles, so that few rows are
   * sorted.
   */
  private List<Row> examples() {
    return failed
        .where(col(RELATIVE_PATH).isNotNull())
        .withColumn(
            PLACE, row_number().over(Window.partitionBy(STAGE, KIND).orderBy(col(RELATIVE_PATH))))
        .where(col(PLACE).leq(FailureGroup.EXAMPLES))
        .orderBy(PLACE)
        .collectAsList();
  }

  private static List<String> paths(List<Row> examples, String stage, String kind) {
    return examples.stream()
        .filter(row -> row.getString(0).equals(stage) && row.getString(1).equals(kind))
        .map(row -> row.getString(2))
        .toList();
  }
}
