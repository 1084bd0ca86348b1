package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InferenceIT {
  private static final StructType FILES =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("camera", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("label_index", DataTypes.IntegerType);
  private static final StructType BYTES =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

  private final SparkSession spark = LocalSpark.session();
  private final InferenceMetrics metrics = new InferenceMetrics(spark.sparkContext());

  @AfterEach
  void closeClassifiers() {
    ExecutorClassifiers.close();
  }

  @Test
  void givesARowForARowInTheirOrder() throws IOException {
    List<String> paths = paths();

    List<Row> predictions = predict(files(paths).coalesce(1)).collectAsList();

    assertThat(predictions)
        .extracting(row -> row.<String>getAs("path"))
        .containsExactlyElementsOf(paths);
  }

  @Test
  void anImageHasEitherAPredictionOrAnError() throws IOException {
    for (Row row : predict(files(paths())).collectAsList()) {
      boolean failed = !row.isNullAt(row.fieldIndex("error"));
      assertThat(row.isNullAt(row.fieldIndex("predicted_index"))).isEqualTo(failed);
      assertThat(row.isNullAt(row.fieldIndex("top_k"))).isEqualTo(failed);
      assertThat(row.isNullAt(row.fieldIndex("label_rank"))).isEqualTo(failed);
    }
  }

  @Test
  void theSameImageGetsTheSamePredictionWhateverPartitionAndOrder() throws IOException {
    List<String> shuffled = new ArrayList<>(paths());
    Collections.shuffle(shuffled, new Random(1));

    List<Row> one = sorted(predict(files(paths()).coalesce(1)));

    assertThat(sorted(predict(files(shuffled).repartition(7)))).isEqualTo(one);
    assertThat(sorted(predict(files(shuffled).coalesce(1)))).isEqualTo(one);
  }

  @Test
  void bytesInTheRowGiveWhatTheFileGives() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String path : paths()) {
      rows.add(RowFactory.create(path, Files.readAllBytes(Path.of(path))));
    }

    Dataset<Row> fromBytes = predict(spark.createDataFrame(rows, BYTES));

    String[] columns = {"path", "predicted_index", "probability", "length", "error"};
    assertThat(sorted(fromBytes.selectExpr(columns)))
        .isEqualTo(sorted(predict(files(paths())).selectExpr(columns)));
  }

  @Test
  void otherColumnsAreKeptBehindThePaths() throws IOException {
    Dataset<Row> predictions = predict(files(paths()));

    assertThat(predictions.columns()).startsWith("path", "relative_path", "camera", "label");
    assertThat(predictions.filter("camera = 'K1000'").count()).isEqualTo(paths().size());
  }

  @Test
  void aClassifierIsBuiltOnceForAllTasks() throws IOException {
    predict(files(paths()).repartition(9)).collectAsList();
    predict(files(paths()).repartition(9)).collectAsList();

    assertThat(metrics.work().keySet())
        .singleElement()
        .satisfies(classifier -> assertThat(classifier.device()).isEqualTo("cpu"));
  }

  @Test
  void afterTheExecutorsEndTheClassifierIsBuiltAnew() throws IOException {
    predict(files(paths())).collectAsList();
    new ShuffleNetPlugin().executorPlugin().shutdown();
    predict(files(paths())).collectAsList();

    assertThat(metrics.work()).hasSize(2);
  }

  @Test
  void metricsCountImagesAndFailures() throws IOException {
    Dataset<Row> predictions = predict(files(paths()).coalesce(1));
    long failed = predictions.collectAsList().stream().filter(InferenceIT::failed).count();

    assertThat(metrics.images()).isEqualTo(paths().size());
    assertThat(metrics.failures()).isEqualTo(failed);
    assertThat(forwardSeconds(metrics)).isPositive();
  }

  @Test
  void metricsTellWhereTheTasksTimeWentAndWhatTheClassifierDid() throws IOException {
    Dataset<Row> predictions = predict(files(paths()));
    long predicted = predictions.collectAsList().stream().filter(row -> !failed(row)).count();

    TaskTimes tasks = metrics.tasks();
    assertThat(tasks.read()).isPositive();
    assertThat(tasks.decode()).isPositive();
    assertThat(tasks.preprocess()).isPositive();
    assertThat(tasks.waiting()).isZero();
    assertThat(tasks.total())
        .isGreaterThan(
            tasks.read() + tasks.decode() + tasks.preprocess() + forwardSeconds(metrics));
    assertThat(metrics.work().values())
        .singleElement()
        .satisfies(work -> assertThat(work.images()).isEqualTo(predicted))
        .satisfies(work -> assertThat(work.firstMillis()).isPositive());
  }

  @Test
  void aFileThatIsGoneIsAnErrorRow() throws IOException {
    Row row = predict(files(List.of("/nowhere/gone.jpg"))).first();

    assertThat(row.<Row>getAs("error"))
        .isEqualTo(RowFactory.create("read", "not-found", "the file is not there"));
  }

  @Test
  void aRowWithoutBytesAndPathIsAnErrorRow() throws IOException {
    Dataset<Row> rows = spark.createDataFrame(List.of(RowFactory.create(null, null)), BYTES);

    assertThat(predict(rows).first().<Row>getAs("error").getString(1)).isEqualTo("no-content");
  }

  @Test
  void scoresHoldTheProbabilityOfEveryClass() throws IOException {
    String image = GoldenFiles.IMAGES.resolve("j_420.jpg").toString();

    Row row =
        Inference.predict(files(List.of(image)), settings(Scores.ALL_CLASSES), metrics).first();

    assertThat(row.<Float>getList(row.fieldIndex("scores"))).hasSize(10);
    assertThat(row.<Float>getList(row.fieldIndex("scores")).get(row.getAs("predicted_index")))
        .isEqualTo(row.<Float>getAs("probability"));
  }

  @Test
  void anEmbeddingIsTheVectorThatTheLogitsAreMadeOf() throws IOException {
    String image = GoldenFiles.IMAGES.resolve("j_420.jpg").toString();
    Dataset<Row> images = files(List.of(image, "/nowhere/gone.jpg")).coalesce(1);
    InferenceSettings settings = settings(Scores.ALL_CLASSES, Embedding.POOLED);

    List<Row> rows = Inference.predict(images, settings, metrics).collectAsList();

    Row found = rows.get(0);
    List<Float> embedding = found.getList(found.fieldIndex("embedding"));
    assertThat(embedding).hasSize(480);
    List<Float> scores = found.getList(found.fieldIndex("scores"));
    double[] expected = softmax(logits((Weights) settings.network(), embedding));
    for (int index = 0; index < expected.length; index++) {
      assertThat((double) scores.get(index)).isCloseTo(expected[index], within(1e-5));
    }
    assertThat(rows.get(1).isNullAt(found.fieldIndex("embedding"))).isTrue();
    Row without = Inference.predict(images, settings(Scores.ALL_CLASSES), metrics).first();
    assertThat(without.schema().fieldNames()).doesNotContain("embedding");
    assertThat(without.<Float>getList(found.fieldIndex("scores"))).isEqualTo(scores);
  }

  private static double[] logits(Weights weights, List<Float> embedding) {
    float[] layer = weights.tensors().get("classifier.0.weight").toFloats();
    double[] logits = new double[weights.classes()];
    for (int index = 0; index < layer.length; index++) {
      logits[index / embedding.size()] += layer[index] * embedding.get(index % embedding.size());
    }
    return logits;
  }

  private static double[] softmax(double[] logits) {
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
  }

  @Test
  void aKeptColumnWithANameOfOursIsRefused() throws IOException {
    Dataset<Row> rows = files(paths()).withColumnRenamed("camera", "Predicted");

    assertThatThrownBy(() -> predict(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot keep column Predicted: the predictions have one of that name");
  }

  @Test
  void rowsThatCannotBeImagesAreRefusedOnTheDriver() {
    Dataset<Row> rows = spark.range(3).toDF();

    assertThatThrownBy(() -> predict(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot predict: the rows have neither a path nor a content column, only [id]");
  }

  private static boolean failed(Row row) {
    return !row.isNullAt(row.fieldIndex(PredictionSchema.ERROR));
  }

  private static List<Row> sorted(Dataset<Row> predictions) {
    return predictions.collectAsList().stream()
        .sorted(Comparator.comparing(row -> row.<String>getAs("path")))
        .toList();
  }

  private Dataset<Row> predict(Dataset<Row> images) throws IOException {
    return Inference.predict(images, settings(Scores.NONE), metrics);
  }

  static InferenceSettings settings(Scores scores) throws IOException {
    return settings(scores, Embedding.NONE);
  }

  private static InferenceSettings settings(Scores scores, Embedding embedding) throws IOException {
    byte[] file = Files.readAllBytes(GoldenFiles.CHECKPOINT);
    return new InferenceSettings(
        Weights.read(file, "golden"),
        List.of(),
        Preprocessing.MEGVII,
        Orientation.IGNORE,
        DevicePolicy.AUTO,
        PrecisionPolicy.FP32,
        List.of(),
        1.0,
        5,
        scores,
        embedding,
        89_478_485,
        1 << 26);
  }

  private Dataset<Row> files(List<String> paths) {
    List<Row> rows = paths.stream().map(path -> RowFactory.create(path, "K1000", "3", 3)).toList();
    return spark.createDataFrame(rows, FILES);
  }

  private static List<String> paths() throws IOException {
    try (Stream<Path> files = Files.list(GoldenFiles.IMAGES)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static double forwardSeconds(InferenceMetrics metrics) {
    return metrics.work().values().stream().mapToDouble(ClassifierWork::forwardSeconds).sum();
  }
}
