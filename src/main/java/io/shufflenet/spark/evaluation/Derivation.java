package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_NLL;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_RANK;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.SCORES;
import static io.shufflenet.spark.results.PredictionSchema.SQUARED_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.TOP_K;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;

import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Adds the columns of predictions that are missing and follow from those that are there: all from
 * the scores, or the label's rank from the best classes.
 */
final class Derivation {
  /** {@code array<int>}: the most probable classes, the best first. */
  static final String RANKED = "best classes";

  /**
   * Smaller probabilities of a label count as this one, the distance from 1 to the next double, as
   * in scikit-learn's {@code log_loss}: 36.04 is the largest negative log-likelihood.
   */
  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  private static final int FIVE = 5;
  private static final String BEST = "score of best label";
  private static final String BEST_LABEL = "best label";

  private final int classes;
  private Dataset<Row> rows;

  private Derivation(Dataset<Row> rows, int classes) {
    this.rows = rows;
    this.classes = classes;
  }

  /**
   * May take a Spark job, to see how many of the best classes are told.
   *
   * @param rows with {@code predicted_index} or {@code scores}, and {@code label_index} or {@link
   *     Reading#LABELS}
   */
  static Dataset<Row> complete(Dataset<Row> rows, int classes) {
    Derivation derivation = new Derivation(rows, classes);
    if (derivation.has(SCORES)) {
      derivation.fromScores();
    } else if (derivation.tellsBestFive()) {
      derivation.rankFromBest();
    }
    if (derivation.has(LABEL_PROBABILITY)) {
      derivation.add(
          LABEL_NLL, "-ln(greatest(double(label_probability), %sD))".formatted(LEAST_PROBABILITY));
    }
    return derivation.rows;
  }

  private boolean has(String column) {
    return Set.of(rows.columns()).contains(column);
  }

  private void add(String column, String expression) {
    if (!has(column)) {
      rows = rows.withColumn(column, expr(expression));
    }
  }

  private void fromScores() {
    add(PREDICTED_INDEX, "int(array_position(scores, array_max(scores)) - 1)");
    add(PROBABILITY, "element_at(scores, predicted_index + 1)");
    add(
        SQUARED_PROBABILITY,
        "aggregate(scores, 0D, (sum, one) -> sum + double(one) * double(one))");
    if (has(LABEL_INDEX)) {
      add(LABEL_PROBABILITY, "element_at(scores, label_index + 1)");
      add(LABEL_RANK, rank("label_index"));
    } else {
      add(BEST, "array_max(transform(labels, one -> element_at(scores, one + 1)))");
      add(
          BEST_LABEL,
          "array_min(filter(labels, one -> element_at(scores, one + 1) = `score of best label`))");
      add(LABEL_RANK, rank("`best label`"));
    }
  }

  /** One more than the classes that are more probable, or as probable and of a lower index. */
  private static String rank(String index) {
    return """
        size(filter(transform(scores, (one, i) -> struct(one, i)), ranked ->
          ranked.one > element_at(scores, %1$s + 1)
          or ranked.one = element_at(scores, %1$s + 1) and ranked.i < %1$s)) + 1
        """
        .formatted(index);
  }

  /** Whether of every prediction it is known which classes are the best five. */
  private boolean tellsBestFive() {
    if (has(LABEL_RANK) || !(has(RANKED) || has(TOP_K))) {
      return false;
    }
    Row least =
        rows.where(col(PREDICTED_INDEX).isNotNull())
            .agg(min(coalesce(size(ranked()), lit(0))))
            .collectAsList()
            .get(0);
    return !least.isNullAt(0) && least.getInt(0) >= Math.min(FIVE, classes);
  }

  private Column ranked() {
    return has(RANKED)
        ? col("`" + RANKED + "`")
        : transform(col(TOP_K), one -> one.getField("index"));
  }

  /** A label that is not among the best has no rank. */
  private void rankFromBest() {
    rows = rows.withColumn(RANKED, ranked());
    add(
        LABEL_RANK,
        has(LABEL_INDEX)
            ? "int(nullif(array_position(`best classes`, label_index), 0))"
            : "int(nullif(array_position(transform(`best classes`, one -> array_contains(labels, one)),"
                + " true), 0))");
  }
}
