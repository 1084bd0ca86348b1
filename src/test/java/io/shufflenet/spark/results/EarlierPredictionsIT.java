package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EarlierPredictionsIT {
  private static final Row FAILED = RowFactory.create("read", "not-found", "gone");
  private static final StructType PREDICTIONS =
      new StructType()
          .add(PredictionSchema.PATH, DataTypes.StringType)
          .add(PredictionSchema.RELATIVE_PATH, DataTypes.StringType)
          .add("camera.lens", DataTypes.StringType)
          .add(PredictionSchema.LABEL, DataTypes.StringType)
          .add(PredictionSchema.LABEL_INDEX, DataTypes.IntegerType)
          .add(PredictionSchema.PREDICTED, DataTypes.StringType)
          .add(PredictionSchema.LENGTH, DataTypes.LongType)
          .add(PredictionSchema.VERSION, DataTypes.StringType)
          .add(PredictionSchema.ERROR, PredictionSchema.FAILURE);
  private static final StructType LISTING =
      new StructType()
          .add(PredictionSchema.PATH, DataTypes.StringType)
          .add(PredictionSchema.RELATIVE_PATH, DataTypes.StringType)
          .add(PredictionSchema.LENGTH, DataTypes.LongType)
          .add(PredictionSchema.VERSION, DataTypes.StringType)
          .add(PredictionSchema.LABEL, DataTypes.StringType)
          .add(PredictionSchema.LABEL_INDEX, DataTypes.IntegerType)
          .add("camera.lens", DataTypes.StringType);

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path parent;

  @Test
  void onlyImagesThatAreAsTheyWereAreKept() throws IOException {
    stage("run-1", predicted("same"), predicted("longer"), predicted("newer"), predicted("gone"));

    Dataset<Row> kept =
        earlier()
            .of(
                listing(
                    listed("same", 10L, "v1", "cat"),
                    listed("longer", 11L, "v1", "cat"),
                    listed("newer", 10L, "v2", "cat"),
                    listed("added", 10L, "v1", "cat")),
                EarlierErrors.KEEP);

    assertThat(names(kept)).containsExactly("same");
  }

  @Test
  void anImageWhoseLabelWasCorrectedIsNotKept() throws IOException {
    stage("run-1", predicted("same"), predicted("corrected"));

    Dataset<Row> kept =
        earlier()
            .of(
                listing(listed("same", 10L, "v1", "cat"), listed("corrected", 10L, "v1", "dog")),
                EarlierErrors.KEEP);

    assertThat(names(kept)).containsExactly("same");
  }

  @Test
  void whatTheListingDoesNotKnowIsNotCompared() throws IOException {
    stage("run-1", predicted("read", null));

    Dataset<Row> kept =
        earlier().of(listing(listed("read", null, null, "cat")), EarlierErrors.KEEP);

    assertThat(names(kept)).containsExactly("read");
  }

  @Test
  void pathAndKeptColumnsAreThoseOfTheListing() throws IOException {
    stage("run-1", predicted("a"));

    Dataset<Row> kept = earlier().of(listing(listed("a", 10L, "v1", "cat")), EarlierErrors.KEEP);

    assertThat(kept.schema().names()).containsExactly(PREDICTIONS.names());
    assertThat(kept.first())
        .isEqualTo(
            RowFactory.create("file:/now/a", "a", "lens now", "cat", 0, "cat", 10L, "v1", null));
  }

  @Test
  void failuresAreKeptUnlessTheyAreToBeTriedAgain() throws IOException {
    stage("run-1", predicted("a"), failed("b"));
    Dataset<Row> listing = listing(listed("a", 10L, "v1", "cat"), listed("b", 10L, "v1", "cat"));

    assertThat(names(earlier().of(listing, EarlierErrors.KEEP))).containsExactly("a", "b");
    assertThat(names(earlier().of(listing, EarlierErrors.RETRY))).containsExactly("a");
  }

  @Test
  void ofSeveralAttemptsTheLastOneIsKept() throws IOException {
    stage("run-1", predicted("a"), failed("b"));
    stage("run-2", predicted("b"));

    Dataset<Row> kept =
        earlier()
            .of(
                listing(listed("a", 10L, "v1", "cat"), listed("b", 10L, "v1", "cat")),
                EarlierErrors.KEEP);

    assertThat(names(kept)).containsExactly("a", "b");
    assertThat(kept.filter("error is not null").count()).isZero();
  }

  @Test
  void aBatchThatIsNotRecordedAsWholeIsLeftAlone() throws IOException {
    stage("run-1", predicted("a"));
    stage("run-2", predicted("b"));
    Files.delete(parent.resolve("out/.work/run-1/batches/2/0.done"));

    Dataset<Row> kept =
        earlier()
            .of(
                listing(listed("a", 10L, "v1", "cat"), listed("b", 10L, "v1", "cat")),
                EarlierErrors.KEEP);

    assertThat(names(kept)).containsExactly("a");
  }

  @Test
  void aNewFolderHoldsNoneThatIsEarlier() throws IOException {
    assertThat(EarlierPredictions.of(spark, folder("run-1"))).isEmpty();
  }

  /** As a run that was interrupted after that. */
  private void stage(String run, Row... rows) throws IOException {
    RunFolder folder = folder(run);
    folder.begin(new JsonObject());
    new Staging(spark, folder, 8)
        .stage(spark.createDataFrame(Arrays.asList(rows), PREDICTIONS).repartition(2));
  }

  private EarlierPredictions earlier() throws IOException {
    return EarlierPredictions.of(spark, folder("run-9")).orElseThrow();
  }

  private RunFolder folder(String run) throws IOException {
    return Results.open(new Configuration(), parent.resolve("out"), run, OutputMode.RESUME);
  }

  private Dataset<Row> listing(Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), LISTING);
  }

  private static Row listed(String name, Long length, String version, String label) {
    return RowFactory.create("file:/now/" + name, name, length, version, label, 0, "lens now");
  }

  private static Row predicted(String name) {
    return predicted(name, "v1");
  }

  private static Row predicted(String name, String version) {
    return RowFactory.create(
        "file:/then/" + name, name, "lens then", "cat", 0, "cat", 10L, version, null);
  }

  private static Row failed(String name) {
    return RowFactory.create(
        "file:/then/" + name, name, "lens then", "cat", 0, null, 10L, "v1", FAILED);
  }

  private static List<String> names(Dataset<Row> rows) {
    return rows.select(PredictionSchema.RELATIVE_PATH).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
