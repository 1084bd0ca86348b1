package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_NLL;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.SQUARED_PROBABILITY;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Sums {@link BinCounts} over evaluated images. What is not told counts as 0. */
record BinColumns(Reading reading) {
  /** What a log-likelihood is cut to, so that no sum overflows: a sound model's stay below 1000. */
  private static final double LARGEST = 1e9;

  private static final double UNITS = Math.pow(10, BinCounts.DECIMALS);

  /**
   * The bin of the top-1 probability, of {@link Calibration#FINE_BINS}. A float times 1500 is exact
   * in double, and so is the decision at a bin's end.
   */
  Column bin() {
    if (!reading.tells(Fact.CONFIDENCE)) {
      return lit(0);
    }
    Column closedOnTheRight =
        ceil(asDouble(PROBABILITY).multiply(Calibration.FINE_BINS))
            .minus(1)
            .cast(DataTypes.IntegerType);
    return greatest(lit(0), least(lit(Calibration.FINE_BINS - 1), closedOnTheRight));
  }

  /** What {@link #counts} reads. */
  List<Column> sums() {
    return List.of(
        count(lit(1)),
        count_if(reading.isCorrect()),
        sum(units(confidence())),
        sum(floor(nll())),
        sum(units(nll().minus(floor(nll())))),
        sum(units(brier())));
  }

  /**
   * @param first where the first of {@link #sums} stands
   */
  static BinCounts counts(Row row, int first) {
    return new BinCounts(
        row.getLong(first),
        row.getLong(first + 1),
        BinCounts.ofUnits(row.getLong(first + 2)),
        BigDecimal.valueOf(row.getLong(first + 3)).add(BinCounts.ofUnits(row.getLong(first + 4))),
        BinCounts.ofUnits(row.getLong(first + 5)));
  }

  private Column confidence() {
    return reading.tells(Fact.CONFIDENCE) ? asDouble(PROBABILITY) : lit(0.0);
  }

  private Column nll() {
    return reading.tells(Fact.LIKELIHOOD)
        ? when(col(LABEL_NLL).gt(LARGEST), LARGEST).otherwise(col(LABEL_NLL))
        : lit(0.0);
  }

  private Column brier() {
    return reading.tells(Fact.SQUARED_DISTANCE)
        ? lit(1.0).minus(asDouble(LABEL_PROBABILITY).multiply(2)).plus(col(SQUARED_PROBABILITY))
        : lit(0.0);
  }

  private static Column asDouble(String column) {
    return col(column).cast(DataTypes.DoubleType);
  }

  /** Whole numbers of billionths: the sum of doubles would depend on their order. */
  private static Column units(Column value) {
    return rint(value.multiply(UNITS)).cast(DataTypes.LongType);
  }
}
