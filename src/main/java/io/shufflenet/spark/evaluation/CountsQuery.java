package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts predictions with Spark SQL in two passes, and two more over the failed images where there
 * are any. Groups are pairs of classes, bins, and kinds of failure: their number does not grow with
 * that of the images.
 */
final class CountsQuery {
  private final Dataset<Row> predictions;
  private final Reading reading;
  private final int classes;

  CountsQuery(Dataset<Row> predictions, int classes) {
    this.predictions = predictions;
    this.reading = Reading.of(predictions);
    this.classes = classes;
  }

  Counts run() {
    CountsBuilder counts = new CountsBuilder(classes, reading.facts());
    long failed = countOutcomes(counts);
    countBins(counts);
    if (failed > 0) {
      counts.failures(failures(failed));
    }
    return counts.build();
  }

  /** Returns how many images have no prediction. */
  private long countOutcomes(CountsBuilder counts) {
    long failed = 0;
    for (Row row : outcomes().collectAsList()) {
      counts.rotated(row.getLong(row.fieldIndex("rotated")));
      if (!row.getBoolean(1)) {
        failed += row.getLong(row.fieldIndex("images"));
      }
      countOutcome(counts, row);
    }
    return failed;
  }

  private Dataset<Row> outcomes() {
    Column labelled = reading.isLabelled().as("labelled");
    Column predicted = reading.isPredicted().as("predicted");
    return (reading.tells(Fact.LABEL_CLASS)
            ? predictions.groupBy(labelled, predicted, col(LABEL_INDEX), col(PREDICTED_INDEX))
            : predictions.groupBy(labelled, predicted))
        .agg(
            count(lit(1)).as("images"),
            count_if(reading.isCorrect()).as("correct"),
            count_if(reading.isTop5()).as("top5"),
            count_if(reading.isRotated()).as("rotated"));
  }

  private void countOutcome(CountsBuilder counts, Row row) {
    boolean labelled = row.getBoolean(0);
    boolean predicted = row.getBoolean(1);
    boolean byClass = reading.tells(Fact.LABEL_CLASS);
    long images = row.getLong(row.fieldIndex("images"));
    long top5 = row.getLong(row.fieldIndex("top5"));
    if (labelled && predicted && byClass) {
      counts.evaluated(new Cell(row.getInt(2), row.getInt(3), images, top5));
    } else if (labelled && predicted) {
      counts.outcomes(Outcomes.evaluated(images, row.getLong(row.fieldIndex("correct")), top5));
    } else if (labelled && byClass) {
      counts.failed(row.getInt(2), images);
    } else if (labelled) {
      counts.outcomes(Outcomes.labelledFailed(images));
    } else if (predicted) {
      counts.unlabelled(images);
    } else {
      counts.unlabelledFailed(images);
    }
  }

  private void countBins(CountsBuilder counts) {
    BinColumns columns = new BinColumns(reading);
    List<Column> sums = columns.sums();
    Dataset<Row> bins =
        predictions
            .where(reading.isEvaluated())
            .groupBy(columns.bin().as("bin"))
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    for (Row row : bins.collectAsList()) {
      counts.bin(row.getInt(0), BinColumns.counts(row, 1));
    }
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
