package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.LocalSpark;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class EvaluationIT {
  private static final List<String> NAMES = names(7);

  private final SparkSession spark = LocalSpark.session();

  @Test
  void countsImagesOfEverySort() {
    Dataset<Row> predictions =
        new PredictionTable()
            .predicted(0, 0, 0.5)
            .predicted(0, 1, 0.5)
            .unlabelled(3)
            .rotated(6)
            .failed(2, "truncated", "a.jpg")
            .failed(null, "truncated", "b.jpg")
            .in(spark);

    ImageCounts images = Evaluation.of(predictions, NAMES).summary().images();

    assertThat(images).isEqualTo(new ImageCounts(6, 3, 3, 2, 1, 2, 1L));
  }

  @Test
  void scoresAreMeansOverTheEvaluatedImages() {
    Dataset<Row> predictions =
        new PredictionTable()
            .scored(new PredictionTable.Scored(0, 0, 0.75f, 0.75f, 0.25, 1, 0.625))
            .scored(new PredictionTable.Scored(1, 0, 0.5f, 0.25f, 1.5, 6, 0.375))
            .unlabelled(1)
            .in(spark);

    Summary summary = Evaluation.of(predictions, NAMES).summary();

    assertThat(summary.nll()).isEqualTo((0.25 + 1.5) / 2);
    // 1 - 2 * 0.75 + 0.625 = 0.125 and 1 - 2 * 0.25 + 0.375 = 0.875
    assertThat(summary.brier()).isEqualTo(0.5);
    // bin (11/15, 12/15]: |1 - 0.75|; bin (7/15, 8/15]: |0 - 0.5|; half of the images each
    assertThat(summary.ece()).isEqualTo(0.375);
    assertThat(summary.top1()).isEqualTo(Accuracy.of(1, 2));
    assertThat(summary.top5()).isEqualTo(Accuracy.of(1, 2));
  }

  @Test
  void binsAreClosedOnTheRight() {
    PredictionTable table = new PredictionTable().predicted(0, 0, 0);
    for (int end = 1; end < Calibration.BINS; end++) {
      // the float next to end / 15 is never equal to it: one neighbour belongs to each side
      float nearest = (float) (end / 15.0);
      float below = nearest < end / 15.0 ? nearest : Math.nextDown(nearest);
      table.predicted(0, 0, below).predicted(0, 0, Math.nextUp(below));
    }
    Dataset<Row> predictions = table.predicted(0, 0, 1).in(spark);

    List<CalibrationBin> bins = Evaluation.of(predictions, NAMES).calibration();

    assertThat(bins).extracting(CalibrationBin::count).hasSize(15).containsOnly(2L);
  }

  @Test
  void failuresNameTheirFirstFivePaths() {
    Dataset<Row> predictions =
        new PredictionTable()
            .failed(0, "empty", "z")
            .failed(0, "truncated", "6")
            .failed(1, "truncated", "2")
            .failed(null, "truncated", "5")
            .failed(3, "truncated", "1")
            .failed(3, "truncated", "4")
            .failed(3, "truncated", "3")
            .failed(3, "truncated", null)
            .in(spark);

    List<FailureGroup> failures = Evaluation.of(predictions, NAMES).failures();

    assertThat(failures)
        .containsExactly(
            new FailureGroup("decode", "truncated", 7, List.of("1", "2", "3", "4", "5")),
            new FailureGroup("decode", "empty", 1, List.of("z")));
  }

  @Test
  void countsOfTwoSetsMergeIntoThoseOfTheirUnion() {
    Dataset<Row> golden = Golden.predictions(spark);
    Dataset<Row> failed =
        new PredictionTable()
            .failed(1, "empty", "z")
            .failed(null, "truncated", "y")
            .unlabelled(5)
            .in(spark);
    Counts one = counts(golden.where("label_index < 5"));
    Counts other = counts(golden.where("label_index >= 5").union(failed));

    assertThat(one.merge(other)).isEqualTo(counts(golden.union(failed)));
  }

  @Test
  void everyNumberIsTheSameWhateverThePartitioning() {
    Dataset<Row> golden = Golden.predictions(spark);

    Evaluation one = Evaluation.of(golden.coalesce(1), names(12));
    Evaluation many = Evaluation.of(golden.orderBy("label_nll").repartition(13), names(12));

    assertThat(many).isEqualTo(one);
  }

  @Test
  void ansiSqlGivesTheSame() {
    SparkSession ansi = spark.newSession();
    ansi.conf().set("spark.sql.ansi.enabled", "true");

    Evaluation evaluation = Evaluation.of(Golden.predictions(ansi), names(12));

    assertThat(evaluation).isEqualTo(Evaluation.of(Golden.predictions(spark), names(12)));
  }

  @Test
  void anAbsurdLikelihoodNeitherOverflowsNorIsLost() {
    SparkSession ansi = spark.newSession();
    ansi.conf().set("spark.sql.ansi.enabled", "true");
    Dataset<Row> predictions =
        new PredictionTable()
            .scored(new PredictionTable.Scored(0, 1, 1, 0, 6e38, 2, 1))
            .predicted(1, 1, 1)
            .in(ansi);

    assertThat(Evaluation.of(predictions, NAMES).summary().nll()).isEqualTo(1e9 / 2);
  }

  @Test
  void withoutPredictionsThereIsNothingToMeasure() {
    Summary summary = Evaluation.of(new PredictionTable().in(spark), NAMES).summary();

    assertThat(summary.images()).isEqualTo(new ImageCounts(0, 0, 0, 0, 0, 0, 0L));
    assertThat(summary.top1()).isNull();
  }

  @Test
  void refusesALabelThatIsNotAClass() {
    Dataset<Row> predictions = new PredictionTable().predicted(7, 0, 0.5).in(spark);

    assertThatThrownBy(() -> Evaluation.of(predictions, NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot evaluate predictions: label_index 7 is not one of the 7 classes");
  }

  @Test
  void refusesARowWithNeitherPredictionNorError() {
    Dataset<Row> predictions =
        new PredictionTable().failed(0, "empty", "a").lost().predicted(1, 1, 0.5).in(spark);

    assertThatThrownBy(() -> Evaluation.of(predictions, NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot evaluate predictions: 2 images have no prediction, but 1 have an error");
  }

  private static Counts counts(Dataset<Row> predictions) {
    return new CountsQuery(predictions, 12).run();
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }
}
