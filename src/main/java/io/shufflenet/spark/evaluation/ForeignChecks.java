package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Sees that the numbers in another tool's table are what their columns are said to hold. */
final class ForeignChecks {
  /** How far from 1 the probabilities of an image may add up to: some tools round them. */
  private static final double TOLERANCE = 0.01;

  private static final int MOST_KINDS = 1_000;

  /** A comparison that every int passes makes Spark fail on tables that aggregate by themselves. */
  private static final int LARGEST_RANK = Integer.MAX_VALUE - 1;

  private final ForeignColumns columns;
  private final int classes;
  private final List<Check> checks = new ArrayList<>();

  ForeignChecks(ForeignColumns columns, int classes) {
    this.columns = columns;
    this.classes = classes;
    Column predicted = columns.isPredicted();
    Column evaluated = predicted.and(columns.isLabelled());
    add(PredictionColumn.PROBABILITY, predicted, "a probability from 0 to 1", 0, 1);
    add(PredictionColumn.LABEL_PROBABILITY, evaluated, "a probability from 0 to 1", 0, 1);
    add(PredictionColumn.LABEL_NLL, evaluated, "a number of 0 or more", 0, Double.MAX_VALUE);
    add(PredictionColumn.LABEL_RANK, evaluated, "a rank of 1 or more", 1, LARGEST_RANK);
    add(PredictionColumn.SQUARED_PROBABILITY, predicted, "a number from 0 to 1", 0, 1);
    addScores(predicted);
  }

  /**
   * @param isBad of a row
   * @param expected what a good row holds
   * @param shown the value for a message, a string
   */
  private record Check(PredictionColumn role, Column isBad, String expected, Column shown) {}

  private void add(
      PredictionColumn role, Column isWanted, String expected, double least, double most) {
    if (columns.has(role)) {
      Column number = columns.number(role);
      Column good = number.isNotNull().and(number.between(least, most));
      Column shown = columns.get(role).column().cast(DataTypes.StringType);
      checks.add(new Check(role, isWanted.and(not(good)), expected, shown));
    }
  }

  private void addScores(Column isPredicted) {
    if (columns.has(PredictionColumn.SCORES)) {
      Column scores = columns.scores();
      Column sum = aggregate(scores, lit(0.0), Column::plus);
      Column good =
          scores
              .isNotNull()
              .and(size(scores).equalTo(classes))
              .and(not(exists(scores, one -> one.isNull().or(not(one.between(0, 1))))))
              .and(sum.between(1 - TOLERANCE, 1 + TOLERANCE));
      checks.add(
          new Check(
              PredictionColumn.SCORES,
              isPredicted.and(not(good)),
              "the probabilities of %,d classes, from 0 to 1 and 1 together".formatted(classes),
              scores.cast(DataTypes.StringType)));
    }
  }

  /**
   * Takes a Spark job, and one more where errors are told as text.
   *
   * @throws IllegalArgumentException if a value cannot be meant
   */
  void require(Dataset<Row> rows) {
    requireFewKinds(rows);
    if (checks.isEmpty()) {
      return;
    }
    List<Column> sums = new ArrayList<>();
    for (Check check : checks) {
      Column example = struct(columns.relativePath().as("path"), check.shown().as("value"));
      sums.add(count_if(check.isBad()));
      sums.add(min(when(check.isBad(), example)));
    }
    Row found =
        rows.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
            .collectAsList()
            .get(0);
    for (int i = 0; i < checks.size(); i++) {
      if (found.getLong(2 * i) > 0) {
        throw bad(checks.get(i), found.getLong(2 * i), found.getStruct(2 * i + 1));
      }
    }
  }

  private IllegalArgumentException bad(Check check, long count, Row example) {
    String value = example.isNullAt(1) ? "nothing" : shortened(example.getString(1));
    String path = example.isNullAt(0) ? "" : " (" + example.getString(0) + ")";
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Cannot use column %s = %s: %,d %s not hold %s, for example %s%s",
            check.role().fullKey(),
            columns.get(check.role()).name(),
            count,
            count == 1 ? "row does" : "rows do",
            check.expected(),
            value,
            path));
  }

  private static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "...";
  }

  /** The driver holds each kind of failure. */
  private void requireFewKinds(Dataset<Row> rows) {
    if (columns.has(PredictionColumn.ERROR)
        && rows.select(columns.error().as("kind"))
                .where(col("kind").isNotNull())
                .distinct()
                .limit(MOST_KINDS + 1)
                .count()
            > MOST_KINDS) {
      throw new IllegalArgumentException(
          "Cannot use column %s = %s: it holds more than %,d different texts; name one that tells"
                  .formatted(
                      PredictionColumn.ERROR.fullKey(),
                      columns.get(PredictionColumn.ERROR).name(),
                      MOST_KINDS)
              + " the kind of the failure");
    }
  }
}
