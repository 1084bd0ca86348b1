package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableInputIT {
  private final SparkSession spark = LocalSpark.session();
  @TempDir Path folder;

  @Test
  void readsBytesOfATable() throws IOException {
    Path table =
        parquet(
            "images.parquet",
            "SELECT 'a/1.jpg' AS path, CAST('xyz' AS BINARY) AS content, 'cat' AS label");

    ImageInput input = open(TestSettings.of(table));

    assertThat(input.holdsContent()).isTrue();
    assertThat(input.rows().columns())
        .containsExactly("path", "relative_path", "length", "version", "label", "content");
    Row row = onlyRow(input);
    assertThat(row.getString(0)).isEqualTo("file:" + folder + "/a/1.jpg");
    assertThat(row.getString(1)).isEqualTo("a/1.jpg");
    assertThat(row.getLong(2)).isEqualTo(3);
    assertThat(row.isNullAt(3)).isTrue();
    assertThat(row.getString(4)).isEqualTo("cat");
    assertThat(row.<byte[]>getAs("content")).containsExactly('x', 'y', 'z');
  }

  @Test
  void readsTheHuggingFaceShape() throws IOException {
    Path table =
        parquet(
            "train.parquet",
            "SELECT named_struct('bytes', CAST(b AS BINARY), 'path', p) AS image, l AS label"
                + " FROM VALUES ('xy', 'n1.JPEG', 7L), (NULL, '/data/n2.JPEG', NULL),"
                + " ('z', NULL, 0L) AS t(b, p, l)");

    ImageInput input = open(TestSettings.of(table));

    assertThat(input.labelKind()).isEqualTo(LabelKind.INTEGER);
    assertThat(input.describe())
        .isEqualTo(
            "parquet table %s: bytes from image.bytes, paths from image.path, labels from label",
            table);
    assertThat(texts(input, "path", "relative_path", "length", "label", "content"))
        .containsExactlyInAnyOrder(
            "file:" + folder + "/n1.JPEG|n1.JPEG|2|7|xy",
            "file:/data/n2.JPEG|file:/data/n2.JPEG|null|null|null",
            "null|null|1|0|z");
  }

  @Test
  void readsBytesWithoutAnyPath() throws IOException {
    Path table = parquet("t.parquet", "SELECT CAST('xyz' AS BINARY) AS bytes, 1Y AS class");

    assertThat(texts(open(TestSettings.of(table)), "path", "relative_path", "label", "content"))
        .containsExactly("null|null|1|xyz");
  }

  @Test
  void readsNamedColumnsAndKeepsOthersInTheOrderAsked() throws IOException {
    Path table =
        parquet(
            "t.parquet",
            "SELECT 'x.jpg' AS content, named_struct('where', 'a/1.jpg') AS file,"
                + " named_struct('source', 'web', 'Taken', DATE'2024-01-02') AS meta,"
                + " 'cat' AS species, 'v1' AS revision, 'cats/1' AS id, 2.5 AS weight,"
                + " CAST('xyz' AS BINARY) AS `raw.data`");
    InputColumns columns = new InputColumns("raw.data", "FILE.WHERE", "species", "id", "revision");

    ImageInput input =
        open(
            TestSettings.of(table)
                .columns(columns)
                .root(Files.createDirectory(folder.resolve("r")))
                .keep("weight", "meta.taken", "META.source"));

    assertThat(input.keptFields())
        .extracting(field -> field.name() + " " + field.dataType().simpleString())
        .containsExactly("weight decimal(2,1)", "Taken date", "source string");
    assertThat(texts(input, input.rows().columns()))
        .containsExactly("file:" + folder + "/r/a/1.jpg|cats/1|3|v1|cat|2.5|2024-01-02|web|xyz");
  }

  @Test
  void readsAManifestWithQuotesAndAnyName() throws IOException {
    StringBuilder manifest = new StringBuilder("\uFEFFfilename,label\r\n");
    for (String name : TestFiles.ODD_NAMES) {
      TestFiles.image(folder, "images/" + name);
      manifest.append('"').append(("images/" + name).replace("\"", "\"\"")).append("\",cat\r\n");
    }
    Path list = TestFiles.text(folder, "list.csv", manifest.toString());

    List<Row> rows = open(TestSettings.of(list)).rows().collectAsList();

    assertThat(rows).hasSize(TestFiles.ODD_NAMES.size());
    for (Row row : rows) {
      assertThat(TestFiles.contentOf(row.getString(0))).isEqualTo(row.getString(1));
      assertThat(row.getString(4)).isEqualTo("cat");
    }
  }

  @Test
  void keepsWhatAManifestSays() throws IOException {
    Path list =
        TestFiles.text(
            folder,
            "list.csv",
            "file_name,class,Site\n1.jpg,007,\" a, \"\"b\"\" \"\n/x/2.jpg,,\n,null,NaN\n");

    assertThat(texts(open(TestSettings.of(list).keep("site")), "path", "label", "site"))
        .containsExactlyInAnyOrder(
            "file:" + folder + "/1.jpg|007| a, \"b\" ", "file:/x/2.jpg|null|null", "null|null|NaN");
  }

  @Test
  void takesAFolderOfPartsForAManifestByItsEnding() throws IOException {
    Path list = parquet("lists/list.parquet", "SELECT 'a.jpg' AS path");
    Path table = parquet("lists/table", "SELECT 'a.jpg' AS path");

    assertThat(texts(open(TestSettings.of(list)), "path"))
        .containsExactly("file:" + folder + "/lists/a.jpg");
    assertThat(texts(open(TestSettings.of(table)), "path"))
        .containsExactly("file:" + folder + "/lists/table/a.jpg");
  }

  @Test
  void readsATableWithGlobCharactersInItsPath() throws IOException {
    Path table = parquet("set [1] {a}*", "SELECT 'a.jpg' AS path");

    assertThat(open(TestSettings.of(table)).rows().count()).isEqualTo(1);
  }

  @Test
  void readsPartitionColumnsAndOtherFormats() throws IOException {
    Path table = folder.resolve("t");
    spark
        .sql("SELECT 'a.jpg' AS path, 'a b' AS label")
        .write()
        .partitionBy("label")
        .orc(table.toString());

    assertThat(texts(open(TestSettings.of(table)), "label")).containsExactly("a b");
  }

  @Test
  void readsATableOfTheCatalog() throws IOException {
    spark.sql("SELECT 's3a://bucket/a.jpg' AS path, 3 AS label").createOrReplaceTempView("images");

    assertThat(texts(open(TestSettings.of("images").format("table")), "path", "label"))
        .containsExactly("s3a://bucket/a.jpg|3");
  }

  @Test
  void listsLabelsOnceEachWithoutNullOrEmptyOnes() throws IOException {
    Path table =
        parquet(
            "t.parquet",
            "SELECT 'a.jpg' AS path, l AS label FROM VALUES ('a'), ('b'), ('a'), (NULL), ('')"
                + " t(l)");
    ImageInput input = open(TestSettings.of(table));

    assertThat(input.distinctLabels(10)).containsExactlyInAnyOrder("a", "b");
    assertThat(input.distinctLabels(1)).hasSize(1);
    assertThat(input.exampleOf("b")).hasValue("file:" + folder + "/a.jpg");
  }

  @Test
  void hasNoLabelsWithoutAColumnForThem() throws IOException {
    Path table = parquet("t.parquet", "SELECT 'a.jpg' AS path, array('x') AS label");

    assertThat(open(TestSettings.of(table)).labelKind()).isEqualTo(LabelKind.NONE);
  }

  @Test
  void refusesAColumnThatDoesNotExist() throws IOException {
    Path table = parquet("t.parquet", "SELECT 'a.jpg' AS path, 'cat' AS species");

    assertRefused(
        TestSettings.of(table).columns(new InputColumns("", "", "specie", "", "")),
        "Cannot find column input.columns.label = specie: the table has path, species");
    assertRefused(
        TestSettings.of(table).keep("species.x"),
        "Cannot find column input.keep = species.x: the table has path, species");
  }

  @Test
  void refusesATableWithoutImages() throws IOException {
    Path table = parquet("t.parquet", "SELECT 1 AS path, 'x' AS content");

    assertRefused(
        TestSettings.of(table),
        "Cannot find images: there is no column content/image/bytes with bytes"
            + " (input.columns.content) or path/file/filename/file_name/image_path/image with"
            + " paths (input.columns.path) in path, content");
  }

  @Test
  void refusesAColumnOfTheWrongType() throws IOException {
    Path table = parquet("t.parquet", "SELECT 'a' AS path, 'x' AS base64, 1.5D AS score");

    assertRefused(
        TestSettings.of(table).columns(new InputColumns("base64", "", "", "", "")),
        "Cannot use column input.columns.content = base64: its type is string and must be binary");
    assertRefused(
        TestSettings.of(table).columns(new InputColumns("", "", "score", "", "")),
        "Cannot use column input.columns.label = score: its type is double and must be a string");
  }

  @Test
  void refusesSparksStructOfRawPixels() throws IOException {
    Path table =
        parquet(
            "t.parquet",
            "SELECT named_struct('origin', 'a', 'height', 1, 'width', 1, 'nChannels', 3,"
                + " 'mode', 16, 'data', CAST('xyz' AS BINARY)) AS image");

    assertRefused(TestSettings.of(table), "Cannot read column image: it is Spark's image struct");
  }

  @Test
  void refusesToKeepAColumnWhoseNameIsTaken() throws IOException {
    Path table =
        parquet("t.parquet", "SELECT 'a' AS path, named_struct('Score', 1) AS m, 2 AS Version");
    InputSettings score = TestSettings.of(table).keep("m.score").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageInput.open(spark, score, TestSettings.MAX_BYTES, List.of("score")))
        .withMessage(
            "Cannot keep column input.keep = m.score:"
                + " another column of the predictions is called Score");
    assertRefused(TestSettings.of(table).keep("version"), "input.keep = version");
  }

  @Test
  void refusesATableWithoutRows() throws IOException {
    Path table = parquet("t.parquet", "SELECT 'a' AS path WHERE false");
    Path list = TestFiles.text(folder, "list.csv", "path,label\n");

    assertRefused(TestSettings.of(table), "Cannot read input.path = " + table);
    assertRefused(TestSettings.of(list), "list.csv: the table has no rows");
  }

  @Test
  void refusesWhatIsNotThereBeforeAnyJob() throws Exception {
    assertRefusedAtOnce(TestSettings.of(folder + "/absent.csv"), "absent.csv does not exist");
    assertRefusedAtOnce(
        TestSettings.of("no.such.table").format("table"),
        "Cannot read input.path = no.such.table as table: ");
    assertRefusedAtOnce(
        TestSettings.of(folder).format("parquet"),
        "Cannot read input.path = %s: there is no file in it".formatted(folder));
    assertRefusedAtOnce(
        TestSettings.of("x").format("nosuchformat"), "Cannot read input.path = x as nosuchformat:");
  }

  @Test
  void namesAFileThatIsNotWhatItsEndingSays() throws IOException {
    Path file = TestFiles.text(folder, "t.parquet", "not Parquet");

    assertThatThrownBy(() -> open(TestSettings.of(file)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "Cannot read input.path = %s as parquet: file:%s is not", file, file);
  }

  @Test
  void namesALineWithAnotherNumberOfFields() throws IOException {
    Path first = TestFiles.text(folder, "first.csv", "path,label\na,b.jpg,cat\n");
    Path second = TestFiles.text(folder, "second.csv", "path,label\na,b\na,b.jpg,cat\n");
    ImageInput input = open(TestSettings.of(second));
    String message = "Malformed CSV record: a,b.jpg,cat";

    assertThatThrownBy(() -> open(TestSettings.of(first)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> input.distinctLabels(10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesAFormatThatSparkDoesNotHave() throws IOException {
    TestFiles.text(folder, "_delta_log/0.json", "");

    assertRefused(
        TestSettings.of(folder),
        "Cannot read input.path = %s as delta: [DATA_SOURCE_NOT_FOUND]".formatted(folder));
  }

  @Test
  void refusesExtensions() throws Exception {
    Path list = TestFiles.text(folder, "list.csv", "path\n1.jpg\n");

    assertRefusedAtOnce(
        TestSettings.of(list).extensions("jpg"), "Cannot use input.extensions = [jpg]");
  }

  @Test
  void refusesARootThatDoesNotExist() throws IOException {
    Path list = TestFiles.text(folder, "list.csv", "path\n1.jpg\n");

    assertRefused(
        TestSettings.of(list).root(folder.resolve("absent")),
        "Cannot read input.root = %s/absent".formatted(folder));
  }

  private ImageInput open(TestSettings settings) throws IOException {
    return ImageInput.open(spark, settings.build(), TestSettings.MAX_BYTES, List.of());
  }

  private void assertRefused(TestSettings settings, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(settings))
        .withMessageContaining("%s", message);
  }

  private void assertRefusedAtOnce(TestSettings settings, String message)
      throws InterruptedException {
    JobCounter.assertRefused(spark, () -> open(settings), message);
  }

  private Path parquet(String name, String query) {
    Path table = folder.resolve(name);
    spark.sql(query).coalesce(1).write().parquet(table.toString());
    return table;
  }

  private static Row onlyRow(ImageInput input) {
    List<Row> rows = input.rows().collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  /** The columns of each row as text, joined by bars. */
  private static List<String> texts(ImageInput input, String... columns) {
    String joined =
        List.of(columns).stream()
            .map(name -> "coalesce(CAST(`" + name + "` AS STRING), 'null')")
            .collect(Collectors.joining(", '|', ", "concat(", ")"));
    Dataset<Row> rows = input.rows().selectExpr(joined);
    assertThat(rows.schema().fields()[0].dataType()).isEqualTo(DataTypes.StringType);
    return rows.as(Encoders.STRING()).collectAsList();
  }
}
