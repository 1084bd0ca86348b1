package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_NLL;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_RANK;
import static io.shufflenet.spark.results.PredictionSchema.ORIENTATION;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts predictions with Spark SQL in two passes, and two more over the failed images where there
 * are any. Groups are pairs of classes, bins, and kinds of failure: their number does not grow with
 * that of the images.
 */
final class CountsQuery {
  /** What a log-likelihood is cut to, so that no sum overflows: a sound model's stay below 1000. */
  private static final double LARGEST = 1e9;

  private static final double UNITS = Math.pow(10, BinCounts.DECIMALS);

  private final Dataset<Row> predictions;
  private final int classes;

  CountsQuery(Dataset<Row> predictions, int classes) {
    this.predictions = predictions;
    this.classes = classes;
  }

  Counts run() {
    CountsBuilder counts = new CountsBuilder(classes);
    long failed = countOutcomes(counts);
    countBins(counts);
    if (failed > 0) {
      counts.failures(failures(failed));
    }
    return counts.build();
  }

  /** Returns how many images have no prediction. */
  private long countOutcomes(CountsBuilder counts) {
    Dataset<Row> outcomes =
        predictions
            .groupBy(col(LABEL_INDEX), col(PREDICTED_INDEX))
            .agg(count(lit(1)), count_if(col(LABEL_RANK).leq(5)), count_if(col(ORIENTATION).gt(1)));
    long failed = 0;
    for (Row row : outcomes.collectAsList()) {
      long images = row.getLong(2);
      counts.rotated(row.getLong(4));
      if (row.isNullAt(1)) {
        failed += images;
      }
      countOutcome(counts, row, images);
    }
    return failed;
  }

  private static void countOutcome(CountsBuilder counts, Row row, long images) {
    boolean labelled = !row.isNullAt(0);
    boolean predicted = !row.isNullAt(1);
    if (labelled && predicted) {
      counts.evaluated(new Cell(row.getInt(0), row.getInt(1), images, row.getLong(3)));
    } else if (labelled) {
      counts.failed(row.getInt(0), images);
    } else if (predicted) {
      counts.unlabelled(images);
    } else {
      counts.unlabelledFailed(images);
    }
  }

  private void countBins(CountsBuilder counts) {
    Dataset<Row> bins =
        predictions
            .where(col(LABEL_INDEX).isNotNull().and(col(PREDICTED_INDEX).isNotNull()))
            .groupBy(bin().as("bin"))
            .agg(
                count(lit(1)),
                count_if(col(LABEL_INDEX).equalTo(col(PREDICTED_INDEX))),
                sum(units(asDouble(PROBABILITY))),
                sum(floor(nll())),
                sum(units(nll().minus(floor(nll())))),
                sum(units(brier())));
    for (Row row : bins.collectAsList()) {
      counts.bin(
          row.getInt(0),
          new BinCounts(
              row.getLong(1),
              row.getLong(2),
              BinCounts.ofUnits(row.getLong(3)),
              BigDecimal.valueOf(row.getLong(4)).add(BinCounts.ofUnits(row.getLong(5))),
              BinCounts.ofUnits(row.getLong(6))));
    }
  }

  /**
   * The bin of the top-1 probability. A float times 15 is exact in double, and so is the decision
   * at a bin's end.
   */
  private static Column bin() {
    Column closedOnTheRight =
        ceil(asDouble(PROBABILITY).multiply(Calibration.BINS)).minus(1).cast(DataTypes.IntegerType);
    return greatest(lit(0), least(lit(Calibration.BINS - 1), closedOnTheRight));
  }

  private static Column nll() {
    return when(col(LABEL_NLL).gt(LARGEST), LARGEST).otherwise(col(LABEL_NLL));
  }

  private static Column brier() {
    return lit(1.0).minus(asDouble(LABEL_PROBABILITY).multiply(2)).plus(col(SQUARED_PROBABILITY));
  }

  private static Column asDouble(String column) {
    return col(column).cast(DataTypes.DoubleType);
  }

  /** Whole numbers of billionths: the sum of doubles would depend on their order. */
  private static Column units(Column value) {
    return rint(value.multiply(UNITS)).cast(DataTypes.LongType);
  }

  private List<FailureGroup> failures(long failed) {
    List<FailureGroup> failures = new FailureQuery(predictions).run();
    long explained = failures.stream().mapToLong(FailureGroup::count).sum();
    if (explained != failed) {
      throw new IllegalArgumentException(
          "Cannot evaluate predictions: %d images have no prediction, but %d have an error"
              .formatted(failed, explained));
    }
    return failures;
  }
}
