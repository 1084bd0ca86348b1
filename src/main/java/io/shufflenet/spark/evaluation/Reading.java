package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_NLL;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_RANK;
import static io.shufflenet.spark.results.PredictionSchema.ORIENTATION;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.SQUARED_PROBABILITY;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a table of predictions tells, and how a row tells it. Columns are those of {@link
 * io.shufflenet.spark.results.PredictionSchema}, of which only {@code predicted_index} must be
 * there. What has no column is not told, and the likelihood of several labels is none.
 */
record Reading(Set<Fact> facts) {
  /**
   * {@code array<int>}: the classes that are all right for the image, in place of its one label;
   * null, or at least one. {@code label_rank} is then the best of theirs.
   */
  static final String LABELS = "labels";

  static Reading of(Dataset<Row> predictions) {
    Set<String> columns = Set.of(predictions.columns());
    Set<Fact> facts = EnumSet.noneOf(Fact.class);
    boolean ofOneClass = columns.contains(LABEL_INDEX);
    addIf(ofOneClass, Fact.LABEL_CLASS, facts);
    addIf(columns.contains(PROBABILITY), Fact.CONFIDENCE, facts);
    addIf(ofOneClass && columns.contains(LABEL_NLL), Fact.LIKELIHOOD, facts);
    addIf(
        ofOneClass && columns.containsAll(List.of(LABEL_PROBABILITY, SQUARED_PROBABILITY)),
        Fact.SQUARED_DISTANCE,
        facts);
    addIf(columns.contains(LABEL_RANK), Fact.TOP5, facts);
    addIf(columns.contains(ORIENTATION), Fact.ORIENTATION, facts);
    return new Reading(facts);
  }

  private static void addIf(boolean told, Fact fact, Set<Fact> facts) {
    if (told) {
      facts.add(fact);
    }
  }

  boolean tells(Fact fact) {
    return facts.contains(fact);
  }

  Column isLabelled() {
    return col(tells(Fact.LABEL_CLASS) ? LABEL_INDEX : LABELS).isNotNull();
  }

  Column isPredicted() {
    return col(PREDICTED_INDEX).isNotNull();
  }

  Column isEvaluated() {
    return isLabelled().and(isPredicted());
  }

  /** Of an evaluated image. */
  Column isCorrect() {
    return tells(Fact.LABEL_CLASS)
        ? col(LABEL_INDEX).equalTo(col(PREDICTED_INDEX))
        : array_contains(col(LABELS), col(PREDICTED_INDEX));
  }

  /** Of an evaluated image. */
  Column isTop5() {
    return tells(Fact.TOP5) ? col(LABEL_RANK).leq(5) : lit(false);
  }

  Column isRotated() {
    return tells(Fact.ORIENTATION) ? col(ORIENTATION).gt(1) : lit(false);
  }
}
