package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.Lake;
import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Iceberg tables, with predictions of two columns. */
final class CatalogTableIT {
  private static final String NAME = "lake.db.predictions";
  private static final StructType SCHEMA =
      new StructType()
          .add("relative_path", DataTypes.StringType)
          .add("predicted", DataTypes.StringType);

  @TempDir private static Path warehouse;
  private static Lake lake;
  private static SparkSession spark;

  @BeforeAll
  static void openLake() {
    lake = Lake.open(warehouse);
    spark = LocalSpark.session();
  }

  @AfterAll
  static void closeLake() {
    lake.close();
  }

  @BeforeEach
  void dropTable() {
    spark.sql("DROP TABLE IF EXISTS " + NAME);
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatIsNotThereIsCreated(TableMode mode) throws IOException {
    write(mode, "first", "a.jpg cat", "b.jpg dog");

    assertThat(rows()).containsExactly("a.jpg cat first", "b.jpg dog first");
    assertThat(spark.table(NAME).columns()).containsExactly("relative_path", "predicted", "run_id");
  }

  @Test
  void aRunsRowsAreAppended() throws IOException {
    write(TableMode.APPEND, "first", "a.jpg cat", "b.jpg dog");
    write(TableMode.APPEND, "second", "a.jpg fox");

    assertThat(rows()).containsExactly("a.jpg cat first", "a.jpg fox second", "b.jpg dog first");
  }

  @Test
  void allRowsAreReplacedInOneCommit() throws IOException {
    write(TableMode.OVERWRITE, "first", "a.jpg cat", "b.jpg dog");
    write(TableMode.OVERWRITE, "second", "c.jpg fox");

    assertThat(rows()).containsExactly("c.jpg fox second");
    assertThat(spark.table(NAME + ".snapshots").count()).isEqualTo(2);
  }

  @Test
  void rowsOfTheSameRelativePathAreReplacedAndOthersAdded() throws IOException {
    spark.sql(
        "CREATE TABLE %s (run_id STRING, PREDICTED STRING, relative_path STRING) USING iceberg PARTITIONED BY (PREDICTED)"
            .formatted(NAME));
    write(TableMode.UPSERT, "first", "a.jpg cat", "b.jpg dog", "d.jpg dog");
    write(TableMode.UPSERT, "second", "b.jpg fox", "c.jpg cat");

    assertThat(rows())
        .containsExactly(
            "a.jpg cat first", "b.jpg fox second", "c.jpg cat second", "d.jpg dog first");
    assertThat(spark.catalog().tableExists("predictions_of_a_run")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatFailsHalfWayLeavesTheRowsThatStood(TableMode mode) throws IOException {
    write(TableMode.APPEND, "first", "a.jpg cat", "b.jpg dog");
    Dataset<Row> failing =
        spark
            .range(0, 2000, 1, 2)
            .selectExpr(
                "concat(id, '.jpg') AS relative_path",
                "if(id < 1990, 'fox', CAST(raise_error('a disk is full') AS STRING)) AS predicted");

    assertThatThrownBy(() -> new CatalogTable(NAME, mode).write(failing, "second"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot write to output.table = lake.db.predictions: ")
        .rootCause()
        .hasMessageContaining("a disk is full");
    assertThat(rows()).containsExactly("a.jpg cat first", "b.jpg dog first");
  }

  @Test
  void aTableThatWouldFitIsFine() throws IOException {
    CatalogTable table = new CatalogTable(NAME, TableMode.UPSERT);
    table.requireFits(spark, SCHEMA);
    write(TableMode.UPSERT, "first", "a.jpg cat");

    table.requireFits(spark, SCHEMA);
  }

  @Test
  void otherColumnsAreRefused() throws IOException {
    write(TableMode.UPSERT, "first", "a.jpg cat");

    assertRefused(
        SCHEMA.add("embedding", "array<float>"),
        "its column embedding is absent, and predictions have array<float>");
    assertRefused(
        new StructType().add("relative_path", "string").add("predicted", "int"),
        "its column predicted is string, and predictions have int");
    assertRefused(
        new StructType().add("relative_path", "string"),
        "it has a column predicted, and predictions have none");
    assertRefused(
        SCHEMA.add("Run_Id", "string"), "input.keep names a column run_id, and the table has one");
  }

  private static void assertRefused(StructType predictions, String reason) {
    assertThatThrownBy(
            () -> new CatalogTable(NAME, TableMode.UPSERT).requireFits(spark, predictions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write to output.table = lake.db.predictions: " + reason);
  }

  @Test
  void aColumnThatTheTableHoldsWiderFits() throws IOException {
    StructType schema = SCHEMA.add("camera", DataTypes.ShortType);
    Row row = RowFactory.create("a.jpg", "cat", (short) 7);
    CatalogTable table = new CatalogTable(NAME, TableMode.UPSERT);
    table.write(spark.createDataFrame(List.of(row), schema), "first");

    table.requireFits(spark, schema);
    table.write(spark.createDataFrame(List.of(row), schema), "second");

    assertThat(spark.table(NAME).selectExpr("camera", "run_id").collectAsList())
        .containsExactly(RowFactory.create(7, "second"));
  }

  @Test
  void aTableWithoutMergeCannotBeUpdatedByName() {
    spark.sql(
        "CREATE TABLE plain (relative_path STRING, predicted STRING, run_id STRING) USING parquet");
    try {
      new CatalogTable("plain", TableMode.APPEND).requireFits(spark, SCHEMA);

      assertThatThrownBy(
              () -> new CatalogTable("plain", TableMode.UPSERT).requireFits(spark, SCHEMA))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "Cannot use output.table-mode = upsert with output.table = plain: ")
          .hasMessageContaining("MERGE INTO TABLE")
          .hasMessageEndingWith("Take append or overwrite");
    } finally {
      spark.sql("DROP TABLE plain");
    }
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThatThrownBy(
            () -> new CatalogTable("lake.db.a-b", TableMode.APPEND).requireFits(spark, SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use output.table = lake.db.a-b: ");
  }

  private static void write(TableMode mode, String runId, String... rows) throws IOException {
    List<Row> predictions =
        Arrays.stream(rows).map(row -> RowFactory.create((Object[]) row.split(" "))).toList();
    new CatalogTable(NAME, mode).write(spark.createDataFrame(predictions, SCHEMA), runId);
  }

  private static List<String> rows() {
    return spark
        .table(NAME)
        .selectExpr("concat_ws(' ', relative_path, predicted, run_id)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }
}
