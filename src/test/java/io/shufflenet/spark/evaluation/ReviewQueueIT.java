package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class ReviewQueueIT {
  private static final StructType SCHEMA =
      PredictionSchema.of(List.of(), Scores.NONE, Embedding.NONE);

  private final List<Row> rows = new ArrayList<>();

  @Test
  void aConfidentDisagreementIsSuspected() {
    // Dogs that are labelled so have 0.8 on average: it takes as much to say that a cat is a dog.
    image("dog-1", 1, 1, 0.9, 0.9, 0.05);
    image("dog-2", 1, 1, 0.7, 0.7, 0.2);
    image("cat-1", 0, 0, 0.9, 0.9, 0.1);
    image("cat-2", 0, 1, 0.79, 0.2, 0.2);
    image("cat-3", 0, 1, 0.85, 0.1, 0.1);
    image("cat-4", 0, 1, 0.95, 0.02, 0.02);

    List<Row> suspects =
        ReviewQueue.of(predictions(), 10).labelErrors().orElseThrow().collectAsList();

    assertThat(suspects)
        .extracting(row -> row.<String>getAs("relative_path"))
        .containsExactly("cat-4", "cat-3");
    assertThat(suspects.get(0).<Double>getAs("threshold")).isEqualTo(0.8, within(1e-7));
    assertThat(suspects.get(0).<Double>getAs("margin")).isEqualTo(0.02 - 0.95, within(1e-7));
  }

  @Test
  void ofEquallyDoubtedLabelsTheSurerDisagreementComesFirst() {
    image("dog", 1, 1, 0.5, 0.5, 0.2);
    image("a", 0, 1, 0.6, 0.1, 0.1);
    image("b", 0, 1, 0.8, 0.1, 0.1);

    assertThat(names(ReviewQueue.of(predictions(), 10).labelErrors().orElseThrow()))
        .containsExactly("b", "a");
  }

  @Test
  void aKeptColumnMayBeCalledAsOneOfItsOwn() {
    image("dog", 1, 1, 0.5, 0.5, 0.2);
    image("a", 0, 1, 0.6, 0.1, 0.1);
    Dataset<Row> predictions =
        predictions().withColumn("threshold", lit(7)).withColumn("margin", lit(8));

    List<Row> suspects =
        ReviewQueue.of(predictions, 10).labelErrors().orElseThrow().collectAsList();

    assertThat(suspects).hasSize(1);
    assertThat(suspects.get(0).<Double>getAs("threshold")).isEqualTo(0.5);
    assertThat(suspects.get(0).<Double>getAs("margin")).isEqualTo(-0.5, within(1e-7));
  }

  @Test
  void noMoreThanAskedFor() {
    image("dog", 1, 1, 0.5, 0.5, 0.2);
    image("a", 0, 1, 0.6, 0.1, 0.1);
    image("b", 0, 1, 0.8, 0.1, 0.1);

    assertThat(names(ReviewQueue.of(predictions(), 1).labelErrors().orElseThrow()))
        .containsExactly("b");
    assertThat(names(ReviewQueue.of(predictions(), 1).leastMargin().orElseThrow()))
        .containsExactly("dog");
  }

  @Test
  void theLeastMarginComesFirstWithOrWithoutALabel() {
    image("sure", 0, 0, 0.9, 0.9, 0.05);
    image("torn", null, 1, 0.4, null, 0.39);
    image("unsure", 1, 1, 0.5, 0.5, 0.3);
    image("of one class", 1, 1, 1.0, 1.0, null);

    assertThat(names(ReviewQueue.of(predictions(), 10).leastMargin().orElseThrow()))
        .containsExactly("torn", "unsure", "sure");
  }

  @Test
  void theSurestMistakesAndTheLeastSureHits() {
    image("right", 0, 0, 0.9, 0.9, 0.05);
    image("just right", 0, 0, 0.4, 0.4, 0.3);
    image("wrong", 0, 1, 0.6, 0.2, 0.2);
    image("quite wrong", 0, 1, 0.95, 0.01, 0.01);
    image("unlabelled", null, 1, 0.99, null, 0.01);

    NotableImages notable = NotableImages.of(predictions(), 1);

    assertThat(notable.mistakes())
        .containsExactly(
            new NotableImage(
                "file:/quite wrong",
                "quite wrong",
                "0",
                "1",
                (double) 0.95f,
                (double) 0.01f,
                "0",
                (double) 0.01f));
    assertThat(notable.hits()).extracting(NotableImage::relativePath).containsExactly("just right");
  }

  @Test
  void predictionsThatTellLittleHaveNoQueue() {
    image("dog", 1, 0, 0.9, 0.5, 0.5);
    Dataset<Row> bare = predictions().select("label", "label_index", "predicted_index");

    ReviewQueue queue = ReviewQueue.of(bare, 10);

    assertThat(queue.labelErrors()).isEmpty();
    assertThat(queue.leastMargin()).isEmpty();
    assertThat(NotableImages.of(bare, 10)).isEqualTo(NotableImages.NONE);
  }

  @Test
  void aTableWithoutPathsHasItsImagesAllTheSame() {
    image("dog", 1, 0, 0.9, 0.05, 0.05);

    assertThat(NotableImages.of(predictions().drop("path", "relative_path"), 10).mistakes())
        .containsExactly(
            new NotableImage(
                null, null, "1", "0", (double) 0.9f, (double) 0.05f, "1", (double) 0.05f));
  }

  private void image(
      String name, Integer label, int predicted, double top, Double ofLabel, Double second) {
    Object[] values = new Object[SCHEMA.length()];
    set(values, PredictionSchema.PATH, "file:/" + name);
    set(values, PredictionSchema.RELATIVE_PATH, name);
    set(values, PredictionSchema.LABEL, label == null ? null : label.toString());
    set(values, PredictionSchema.LABEL_INDEX, label);
    set(values, PredictionSchema.PREDICTED, Integer.toString(predicted));
    set(values, PredictionSchema.PREDICTED_INDEX, predicted);
    set(values, PredictionSchema.PROBABILITY, (float) top);
    set(values, PredictionSchema.LABEL_PROBABILITY, ofLabel == null ? null : ofLabel.floatValue());
    List<Row> ranked = new ArrayList<>(List.of(ranked(predicted, top)));
    if (second != null) {
      ranked.add(ranked(1 - predicted, second));
    }
    set(values, PredictionSchema.TOP_K, ranked.toArray(Row[]::new));
    rows.add(RowFactory.create(values));
  }

  private static Row ranked(int index, double probability) {
    return RowFactory.create(Integer.toString(index), index, (float) probability);
  }

  private static void set(Object[] values, String column, Object value) {
    values[SCHEMA.fieldIndex(column)] = value;
  }

  private Dataset<Row> predictions() {
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
  }

  private static List<String> names(Dataset<Row> images) {
    return images.collectAsList().stream().map(row -> row.<String>getAs("relative_path")).toList();
  }
}
