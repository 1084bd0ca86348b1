package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.TOP_K;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Images that are worth a person's look, the most worth first. Spark makes both tables when they
 * are read, and holds no more than the images asked for.
 *
 * @param labelErrors images whose labels are suspect, by confident learning (Northcutt, Jiang and
 *     Chuang, 2021): predicted is another class than the label, with at least the probability that
 *     the network has on average for images which are labelled as that class ({@code threshold}).
 *     Ranked by self-confidence, the probability of the label; then by {@code margin}, that less
 *     the predicted class's. Empty where the predictions do not tell what it takes
 * @param leastMargin images whose labels would teach the network most, by margin sampling (Scheffer
 *     and others, 2001): those whose two most probable classes lie closest together ({@code
 *     margin}), labelled ones among them. Empty where the predictions do not tell the second class
 */
public record ReviewQueue(Optional<Dataset<Row>> labelErrors, Optional<Dataset<Row>> leastMargin) {
  private static final String THRESHOLD = "threshold";
  private static final String MARGIN = "margin";

  /**
   * @param predictions columns of {@link io.shufflenet.spark.results.PredictionSchema}
   * @param most how many images each table may hold
   */
  public static ReviewQueue of(Dataset<Row> predictions, int most) {
    NotableColumns columns = new NotableColumns(predictions);
    boolean confident = columns.areThere(LABEL_INDEX, LABEL_PROBABILITY, PROBABILITY);
    boolean ranked = columns.areThere(PROBABILITY, TOP_K);
    return new ReviewQueue(
        confident ? Optional.of(labelErrors(predictions, columns, most)) : Optional.empty(),
        ranked ? Optional.of(leastMargin(predictions, columns, most)) : Optional.empty());
  }

  private static Dataset<Row> labelErrors(
      Dataset<Row> predictions, NotableColumns columns, int most) {
    Dataset<Row> thresholds =
        predictions
            .where(col(LABEL_PROBABILITY).isNotNull())
            .groupBy(col(LABEL_INDEX).as("of class"))
            .agg(avg(LABEL_PROBABILITY).as("mean of class"));
    return predictions
        .where(col(LABEL_INDEX).notEqual(col(PREDICTED_INDEX)))
        .join(broadcast(thresholds), col(PREDICTED_INDEX).equalTo(col("of class")))
        .where(col(PROBABILITY).geq(col("mean of class")))
        .withColumn(THRESHOLD, col("mean of class"))
        .withColumn(MARGIN, asDouble(LABEL_PROBABILITY).minus(asDouble(PROBABILITY)))
        .orderBy(ordered(columns, col(LABEL_PROBABILITY), col(MARGIN)))
        .limit(most)
        .select(with(columns.image(), col(MARGIN), col(THRESHOLD)));
  }

  private static Dataset<Row> leastMargin(
      Dataset<Row> predictions, NotableColumns columns, int most) {
    Column second = columns.second("probability", DataTypes.DoubleType);
    return predictions
        .where(second.isNotNull())
        .withColumn(MARGIN, asDouble(PROBABILITY).minus(second))
        .orderBy(ordered(columns, col(MARGIN)))
        .limit(most)
        .select(with(columns.image(), col(MARGIN)));
  }

  private static Column[] ordered(NotableColumns columns, Column... first) {
    return with(first, columns.names());
  }

  private static Column[] with(Column[] columns, Column... others) {
    return Stream.of(columns, others).flatMap(Arrays::stream).toArray(Column[]::new);
  }

  private static Column asDouble(String column) {
    return col(column).cast(DataTypes.DoubleType);
  }

  /**
   * The first images of one of the tables, as it was read back.
   *
   * @param most how many
   */
  public static List<NotableImage> first(Dataset<Row> table, int most) {
    return table.limit(most).collectAsList().stream().map(NotableColumns::read).toList();
  }
}
