package io.shufflenet.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.inference.GoldenClassifications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything here works by configuration and SQL alone, and so from Python too. */
final class SqlIT {
  private static final String FIELDS =
      "struct(predicted, predicted_index, probability, top_k, width, height, orientation, length,"
          + " error)";

  private final SparkSession spark = LocalSpark.session().newSession();

  @TempDir private Path folder;

  @BeforeEach
  void arrange() {
    spark.conf().set("spark.sql.catalog.shufflenet", ShuffleNetCatalog.class.getName());
    spark.conf().set("spark.sql.catalog.shufflenet.model", GoldenFiles.CHECKPOINT.toString());
    GoldenClassifications.table(spark).createOrReplaceTempView("images");
    GoldenClassifications.structs(spark).createOrReplaceTempView("structs");
  }

  @Test
  void theFunctionClassifiesBytesPathsAndStructsAsPredict() throws IOException {
    assertClassified("SELECT name, shufflenet.classify(content) FROM images");
    assertClassified("SELECT name, shufflenet.classify(path) FROM images");
    assertClassified("SELECT name, shufflenet.classify(image) FROM structs");
  }

  @Test
  void theFunctionIsCalledOncePerRowWhereItsNameIsWrittenOnce() {
    List<String> queries =
        List.of(
            "SELECT c.predicted, c.probability FROM (SELECT shufflenet.classify(content) c FROM"
                + " images) WHERE c.probability >= 0 AND c.predicted_index >= 0",
            "SELECT c.predicted, count(*) FROM (SELECT shufflenet.classify(content) c FROM images)"
                + " GROUP BY c.predicted");
    for (String query : queries) {
      assertThat(classifiedBy(query)).as(query).isEqualTo(GoldenClassifications.NAMES.size());
    }
  }

  @Test
  void theFunctionIsCalledAsOftenAsItIsWritten() {
    String twice =
        "SELECT shufflenet.classify(content).predicted, shufflenet.classify(content).probability"
            + " FROM images";

    assertThat(classifiedBy(twice)).isEqualTo(2L * GoldenClassifications.NAMES.size());
  }

  /** As all that stands under one: Spark samples what it is to sort, and then sorts it. */
  @Test
  void aSortCallsTheFunctionTwice() {
    String sorted =
        "SELECT c.predicted FROM (SELECT shufflenet.classify(content) c FROM images) ORDER BY"
            + " c.probability";

    assertThat(classifiedBy(sorted)).isEqualTo(2L * GoldenClassifications.NAMES.size());
  }

  private long classifiedBy(String query) {
    long before = GoldenClassifications.classified();
    spark.sql(query).collectAsList();
    return GoldenClassifications.classified() - before;
  }

  @Test
  void theFunctionAlsoRunsWhereSparkComputesInTheDriver() throws IOException {
    String name = GoldenClassifications.NAMES.get(0);
    String query = "SELECT '%s', shufflenet.classify(path) FROM VALUES ('%s') AS list(path)";

    assertThat(
            GoldenClassifications.byName(
                spark.sql(query.formatted(name, GoldenFiles.IMAGES.resolve(name)))))
        .isEqualTo(Map.of(name, GoldenClassifications.expected().get(name)));
  }

  @Test
  void theFunctionFindsNoImageInNull() {
    Row row = spark.sql("SELECT shufflenet.classify(NULL).error.kind").first();

    assertThat(row.getString(0)).isEqualTo("no-content");
  }

  @Test
  void argumentsThatAreNoImageAreRefused() {
    assertThatThrownBy(() -> spark.sql("SELECT shufflenet.classify(label) FROM images"))
        .hasMessageContaining(
            "Cannot classify column argument: its type is int and must be binary (encoded images),"
                + " string (paths)");
    assertThatThrownBy(() -> spark.sql("SELECT shufflenet.classify(path, 3) FROM images"))
        .hasMessageContaining("Cannot classify 2 arguments: it takes one, the image");
  }

  @Test
  void theTableFunctionClassifiesATableAsPredict() throws IOException {
    assertClassified("SELECT name, classification FROM classify_images('images')");
    assertClassified("SELECT name, classification FROM classify_images('images', 'path')");
    assertClassified("SELECT name, classification FROM classify_images('structs')");
    assertThat(spark.sql("SELECT * FROM classify_images('images')").columns())
        .containsExactly("name", "label", "path", "row", "taken.at", "content", "classification");
  }

  @Test
  void theTableFunctionRefusesWhatItCannotUse() {
    assertThatThrownBy(() -> spark.sql("SELECT * FROM classify_images('images', 'label')"))
        .hasMessageContaining("Cannot classify column label: its type is int");
    spark.range(1).createOrReplaceTempView("numbers");
    assertThatThrownBy(() -> spark.sql("SELECT * FROM classify_images('numbers')"))
        .hasMessageContaining(
            "Cannot find images: there is no column content/image/bytes with bytes or path/file/");
    assertThatThrownBy(() -> spark.sql("SELECT * FROM classify_images()"))
        .hasMessageContaining("Cannot call classify_images with 0 arguments: it takes");
  }

  private void assertClassified(String query) throws IOException {
    assertThat(GoldenClassifications.byName(spark.sql(query)))
        .isEqualTo(GoldenClassifications.expected());
  }

  @Test
  void theDataSourcePredictsAFolder() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    for (String name : GoldenClassifications.NAMES) {
      Files.copy(GoldenFiles.IMAGES.resolve(name), images.resolve(name));
    }
    spark.sql(
        "CREATE TEMPORARY VIEW predicted USING shufflenet OPTIONS (path '%s', model '%s')"
            .formatted(images, GoldenFiles.CHECKPOINT));

    assertClassified("SELECT relative_path, %s FROM predicted".formatted(FIELDS));
    assertThat(spark.sql("SELECT * FROM predicted WHERE error IS NOT NULL").count()).isEqualTo(1);
  }

  @Test
  void theDataSourcePredictsATableAndKeepsColumns() throws IOException {
    String table = folder.resolve("table.parquet").toString();
    spark.table("images").drop("label", "taken.at").write().parquet(table);

    Dataset<Row> predicted = read(Map.of("keep", "name, row", "topK", "5")).load(table);

    assertThat(GoldenClassifications.byName(predicted.selectExpr("name", FIELDS)))
        .isEqualTo(GoldenClassifications.expected());
    assertThat(predicted.filter("row = 0.5").count()).isEqualTo(4);
  }

  @Test
  void optionsThatDoNotServeAreRefused() {
    assertThatThrownBy(() -> read(Map.of("topp", "3")).load("/images"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use the option topp: there is none of that name; the nearest is top-k");
    assertThatThrownBy(() -> read(Map.of("device", "tpu")).load("/images"))
        .hasMessage("Cannot use device = tpu: it is one of [auto, cpu, gpu]");
    String noPath =
        "Cannot read images: load(PATH), or the option path, names one folder or one table";
    assertThatThrownBy(() -> read(Map.of()).load()).hasMessage(noPath);
    assertThatThrownBy(() -> read(Map.of()).load("/images", "/more")).hasMessage(noPath);
    assertThatThrownBy(() -> read(Map.of("model", "")).load("/images"))
        .hasMessage("Cannot classify images: the option model is not set; it names a checkpoint");
    assertThatThrownBy(() -> read(Map.of()).load("/nowhere"))
        .hasMessageContaining("Cannot read path = /nowhere: file:/nowhere does not exist");
    assertThatThrownBy(() -> read(Map.of("preprocessing", "tf")).load("/images"))
        .hasMessage("Cannot preprocess images by preprocessing = tf: it is megvii or torchvision");
    assertThatThrownBy(() -> read(Map.of("keep", "a, A")).load("/images"))
        .hasMessage("Cannot use keep = [a, A]: A stands there twice");
    spark.conf().set("spark.sql.catalog.shufflenet.modle", "x");
    assertThatThrownBy(() -> spark.sql("SELECT shufflenet.classify(path) FROM images"))
        .hasMessageContaining(
            "Cannot use the option modle: there is none of that name; the nearest is model");
  }

  private DataFrameReader read(Map<String, String> options) {
    return spark
        .read()
        .format("shufflenet")
        .option("model", GoldenFiles.CHECKPOINT.toString())
        .options(options);
  }
}
