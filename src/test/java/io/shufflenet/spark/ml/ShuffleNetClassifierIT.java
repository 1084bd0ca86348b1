package io.shufflenet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.inference.GoldenClassifications;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShuffleNetClassifierIT {
  private final SparkSession spark = LocalSpark.session();
  private final Dataset<Row> table = GoldenClassifications.table(spark);
  private final ShuffleNetClassifier classifier =
      new ShuffleNetClassifier().setModel(GoldenFiles.CHECKPOINT.toString());

  @TempDir private Path folder;

  @Test
  void bytesAreClassifiedAsByPredictAndEveryColumnIsKept() throws IOException {
    Dataset<Row> classified = classifier.transform(table);

    assertThat(classified.schema()).isEqualTo(classifier.transformSchema(table.schema()));
    assertThat(classified.columns())
        .containsExactly("name", "label", "path", "row", "taken.at", "content", "classification");
    assertClassified(classified);
    assertThat(classified.drop("classification").except(table).isEmpty()).isTrue();
  }

  @Test
  void aStringColumnHoldsPaths() throws IOException {
    assertClassified(classifier.setInputCol("path").transform(table));
  }

  @Test
  void huggingFacesStructHoldsBytesOrAPath() throws IOException {
    assertClassified(
        classifier.setInputCol("image").transform(GoldenClassifications.structs(spark)));
  }

  private void assertClassified(Dataset<Row> classified) throws IOException {
    assertThat(GoldenClassifications.byName(classified.select("name", "classification")))
        .isEqualTo(GoldenClassifications.expected());
  }

  @Test
  void anImageThatCannotBeReadIsNoException() {
    Row text = classifier.transform(table.filter("name = 't_text.jpg'")).first();

    Row classification = text.getAs("classification");
    assertThat(classification.<Row>getAs("error").getString(0)).isEqualTo("decode");
    assertThat(classification.<String>getAs("predicted")).isNull();
  }

  @Test
  void classesAreCalledAsTheFileSays() throws IOException {
    Path names = folder.resolve("names.txt");
    Files.writeString(names, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");

    Row first =
        classifier.setClassNames(names.toString()).setTopK(2).transform(table.limit(1)).first();

    Row classification = first.getAs("classification");
    String name = String.valueOf((char) ('a' + classification.<Integer>getAs("predicted_index")));
    assertThat(classification.<String>getAs("predicted")).isEqualTo(name);
    assertThat(classification.<Row>getList(classification.fieldIndex("top_k"))).hasSize(2);
  }

  @Test
  void theStructEndsWithTheEmbeddingWhereThatIsAskedFor() {
    Dataset<Row> classified = classifier.setEmbedding("pooled").transform(table);

    assertThat(classified.schema()).isEqualTo(classifier.transformSchema(table.schema()));
    assertThat(
            classified
                .selectExpr("classification.embedding", "classification.error is null")
                .collectAsList())
        .hasSize(GoldenClassifications.NAMES.size())
        .allSatisfy(
            row ->
                assertThat(row.isNullAt(0) ? 0 : row.getList(0).size())
                    .isEqualTo(row.getBoolean(1) ? 480 : 0));
  }

  @Test
  void aPipelineThatWasSavedAndLoadedGivesTheSame() throws IOException {
    String saved = folder.resolve("pipeline").toString();
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {classifier}).fit(table);
    pipeline.save(saved);

    PipelineModel loaded = PipelineModel.load(saved);

    assertClassified(loaded.transform(table));
    ShuffleNetClassifier stage = (ShuffleNetClassifier) loaded.stages()[0];
    assertThat(stage.uid()).isEqualTo(classifier.uid());
    assertThat(stage.getOrDefault(stage.modelSha256())).matches("[0-9a-f]{64}");
    assertThat(classifier.isSet(classifier.modelSha256())).isFalse();
  }

  @Test
  void aLoadedOneRefusesAnotherFileUntilItIsToldToTakeIt() throws IOException {
    Path model = Files.copy(GoldenFiles.CHECKPOINT, folder.resolve("model.pth.tar"));
    String saved = folder.resolve("stage").toString();
    classifier.setModel(model.toString()).save(saved);
    Files.delete(model);
    Files.copy(GoldenFiles.path("shufflenetv1-0.5x-g8-10c.extra.pth.tar"), model);

    ShuffleNetClassifier loaded = ShuffleNetClassifier.load(saved);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> loaded.transform(table))
        .withMessageMatching(
            "Cannot use model = %s: its SHA-256 is [0-9a-f]{64} and not [0-9a-f]{64}, so the file is another.*"
                .formatted(model));
    assertThat(loaded.setModel(model.toString()).transform(table).count()).isEqualTo(4);
  }

  @Test
  void aCopyHasAllParametersAndItsOwn() {
    ShuffleNetClassifier copy =
        classifier
            .setTopK(3)
            .copy(new ParamMap().put(classifier.outputCol(), "found").put(classifier.topK(), 4));

    assertThat(copy.uid()).isEqualTo(classifier.uid());
    assertThat(copy.getOrDefault(copy.model())).isEqualTo(GoldenFiles.CHECKPOINT.toString());
    assertThat(copy.getOrDefault(copy.outputCol())).isEqualTo("found");
    assertThat(copy.getOrDefault(copy.topK())).isEqualTo(4);
    assertThat(classifier.getOrDefault(classifier.topK())).isEqualTo(3);
  }

  @Test
  void aCopyForAnotherModelForgetsTheDigest() {
    classifier.setModelSha256("0123");

    ShuffleNetClassifier copy = classifier.copy(new ParamMap().put(classifier.model(), "/other"));

    assertThat(copy.isSet(copy.modelSha256())).isFalse();
  }

  @Test
  void explainsItsParameters() {
    assertThat(classifier.explainParams())
        .contains(
            "inputCol: column of encoded images (binary), paths, or struct<bytes, path> (default:"
                + " content)")
        .contains("model: checkpoint or TorchScript module, a Hadoop path (current: ")
        .contains("topK: ")
        .contains("device: ");
    assertThat(Arrays.stream(classifier.params()).map(param -> param.name()))
        .contains("classNames", "preprocessing", "precision", "modelSha256", "outputCol");
  }

  @Test
  void isSmallWhenSerialized() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(classifier);

    assertThat(bytes.size()).isLessThan(20_000);
  }

  @Test
  void aStreamIsClassifiedUnchanged() throws Exception {
    String images = folder.resolve("images").toString();
    table.write().parquet(images);
    Dataset<Row> stream = spark.readStream().schema(table.schema()).parquet(images);

    classifier
        .transform(stream)
        .writeStream()
        .format("memory")
        .queryName("classified_stream")
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();

    assertClassified(spark.table("classified_stream"));
    spark.catalog().dropTempView("classified_stream");
  }

  @Test
  void sparksRawImagesAreRefusedByName() {
    StructType image =
        new StructType()
            .add("origin", DataTypes.StringType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("nChannels", DataTypes.IntegerType)
            .add("mode", DataTypes.IntegerType)
            .add("data", DataTypes.BinaryType);
    Dataset<Row> raw = spark.createDataFrame(List.of(), new StructType().add("image", image));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setInputCol("image").transform(raw))
        .withMessage(
            "Cannot read column image: it is Spark's image struct of raw pixels; read the files");
  }

  @Test
  void columnsThatDoNotServeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setInputCol("photo").transform(table))
        .withMessage(
            "Cannot find the images' column photo: the table has name, label, path, row, taken.at,"
                + " content");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setInputCol("label").transform(table))
        .withMessage(
            "Cannot classify column label: its type is int and must be binary (encoded images),"
                + " string (paths) or struct<bytes: binary, path: string>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setInputCol("content").setOutputCol("Label").transform(table))
        .withMessage("Cannot add a column Label: the table has one of that name");
  }

  @Test
  void valuesThatCannotBeMeantAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShuffleNetClassifier().transform(table))
        .withMessage("Cannot classify images: the option model is not set; it names a checkpoint");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setPrecision("fp8").transform(table))
        .withMessage("Cannot use precision = fp8: it is one of [auto, fp32, bf16, fp16]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setPrecision("fp16").setDevice("cpu").transform(table))
        .withMessageStartingWith("Cannot compute with precision = fp16 on ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setPrecision("fp32").setPreprocessing("tf").transform(table))
        .withMessage("Cannot preprocess images by preprocessing = tf: it is megvii or torchvision");
    classifier.setPreprocessing("");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setPrecision("fp32").setTopK(0).transform(table))
        .withMessage("Cannot use top-k = 0: at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.setTopK(1).setModel("/nowhere/model.pth.tar").transform(table))
        .withMessage("Cannot read checkpoint file:/nowhere/model.pth.tar: there is no such file");
  }
}
