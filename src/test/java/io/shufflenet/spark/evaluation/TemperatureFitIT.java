package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On what {@code golden/temperature/make.py} wrote. */
class TemperatureFitIT {
  /** The golden numbers come from logits in double, the fit's from scores in float. */
  private static final double ROUNDING = 1e-5;

  private static Dataset<Row> predictions;
  private static JsonObject golden;

  @BeforeAll
  static void read() throws IOException {
    SparkSession spark = LocalSpark.session();
    List<String> lines = Files.readAllLines(GoldenFiles.path("temperature/predictions.csv"));
    predictions =
        spark
            .createDataset(lines, Encoders.STRING())
            .selectExpr("split(value, ',') AS cells")
            .selectExpr(
                "cells[0] AS relative_path",
                "int(cells[1]) AS label_index",
                "int(cells[2]) AS predicted_index",
                "double(cells[3]) AS label_nll",
                "transform(split(cells[4], ' '), score -> float(score)) AS scores")
            .cache();
    golden = GoldenFiles.json("temperature/expected.json");
  }

  @Test
  void findsTheTemperatureThatScipyFindsFromTheLogits() {
    TemperatureFit fit = TemperatureFit.fit(predictions, 1);

    assertThat(fit.temperature()).isCloseTo(expected("temperature"), within(0.5001e-4));
    assertThat(fit.fitted()).isEqualTo((long) expected("fitted"));
    assertThat(fit.heldOut()).isEqualTo((long) expected("held_out"));
    assertThat(fit.nllBefore()).isCloseTo(expected("nll_before"), within(ROUNDING));
    assertThat(fit.nllAfter()).isCloseTo(expected("nll_after"), within(ROUNDING));
    assertThat(fit.eceBefore()).isCloseTo(expected("ece_before"), within(ROUNDING));
    assertThat(fit.eceAfter()).isCloseTo(expected("ece_after"), within(ROUNDING));
    assertThat(fit.setting()).isEqualTo("inference.temperature = " + fit.temperature());
  }

  @Test
  void aTemperatureOfThePredictionsIsPartOfTheResult() {
    TemperatureFit fit = TemperatureFit.fit(predictions, 2);

    assertThat(fit.madeAt()).isEqualTo(2);
    assertThat(fit.temperature()).isCloseTo(2 * expected("temperature"), within(0.5001e-4));
    assertThat(fit.nllAfter()).isCloseTo(expected("nll_after"), within(ROUNDING));
  }

  @Test
  void partitionsAndOrderChangeNothing() {
    assertThat(TemperatureFit.fit(predictions.orderBy("label_nll").repartition(7), 1))
        .isEqualTo(TemperatureFit.fit(predictions.coalesce(1), 1));
  }

  @Test
  void imagesWithoutLabelOrScoresAreLeftOut() {
    Dataset<Row> more =
        predictions
            .union(predictions.withColumn("label_index", lit(null)))
            .union(predictions.withColumn("scores", lit(null)));

    assertThat(TemperatureFit.fit(more, 1)).isEqualTo(TemperatureFit.fit(predictions, 1));
  }

  @Test
  void predictionsWithoutScoresAreRefused() {
    assertRefused(
        predictions.drop("scores"),
        "the predictions have no column scores; make them with output.scores = true");
  }

  @Test
  void tooFewImagesAreRefused() {
    assertRefused(
        predictions.where("label_index = 1"),
        "of the images with label and scores %s are to be fitted and %s held out, and it takes at"
            + " least 100 each",
        predictions.where("label_index = 1 and substring(md5(relative_path), 1, 1) < '8'").count(),
        predictions.where("label_index = 1 and substring(md5(relative_path), 1, 1) > '7'").count());
  }

  @Test
  void imagesWithoutLabelsAreRefused() {
    assertRefused(
        predictions.withColumn("label_index", lit(null).cast("int")),
        "of the images with label and scores 0 are to be fitted and 0 held out, and it takes at"
            + " least 100 each");
  }

  @Test
  void imagesWithoutAPathAreRefused() {
    assertRefused(
        predictions.withColumn("relative_path", lit(null).cast("string")),
        "500 images have no relative path, by which they are halved");
  }

  @Test
  void scoresThatAreLogitsAreRefused() {
    assertRefused(
        predictions.withColumn("scores", expr("transform(scores, p -> ln(p))")),
        "the scores of 500 images are not the probabilities of their classes");
  }

  @Test
  void predictionsThatAreAllRightHaveNoBestTemperature() {
    Dataset<Row> right = predictions.where(col("label_index").equalTo(col("predicted_index")));

    assertRefused(
        right.withColumn("relative_path", expr("concat(relative_path, ' again')")).union(right),
        "the best one is less than 1/20 of that of the predictions: as good as all of the images"
            + " are right");
  }

  private static void assertRefused(Dataset<Row> refused, String message, Object... values) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureFit.fit(refused, 1))
        .withMessage("Cannot fit a temperature: " + message, values);
  }

  private static double expected(String name) {
    return golden.get(name).getAsDouble();
  }
}
