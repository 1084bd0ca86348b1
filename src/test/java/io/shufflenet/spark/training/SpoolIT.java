package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.dataset.FlakyFileSystem;
import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.InputColumns;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.dataset.TruthSettings;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.training.SpoolStatistics.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolIT {
  private static final List<String> GOOD =
      List.of(
          "cat/j_420.jpg",
          "cat/j_gray.jpg",
          "cat/p_pal.png",
          "cat/o.gif",
          "dog/o_lossy.webp",
          "dog/p_gray8.png");
  private static final List<String> BAD = List.of("cat/t_text.jpg", "dog/t_empty.jpg");
  private static final List<String> UNLABELLED = List.of("bird/j_prog.jpg");

  private static final String IDENTITY = "images of the test";
  private static final StructType TABLE =
      new StructType()
          .add("relative_path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("content", DataTypes.BinaryType);

  private final SparkSession spark = LocalSpark.session();
  private final ImageReader reader = new ImageReader(FlakyFileSystem.configuration(), 1 << 20);
  private final ImageDecoder decoder =
      new ImageDecoder(Preprocessing.MEGVII, Orientation.IGNORE, 1 << 20);

  @TempDir private Path folder;
  private Path images;
  private Path spooled;

  @BeforeEach
  void copyImages() throws IOException {
    images = folder.resolve("images");
    spooled = folder.resolve("spool");
    for (String name : all()) {
      Path image = images.resolve(name);
      Files.createDirectories(image.getParent());
      Files.copy(GoldenFiles.IMAGES.resolve(image.getFileName()), image);
    }
  }

  @Test
  void holdsTheImagesThatDecodeWithTheirLabels() throws IOException {
    try (Spool spool = fill(rowsOfFolder())) {
      assertThat(spool.size()).isEqualTo(GOOD.size());
      assertThat(contents(spool)).containsExactlyInAnyOrderElementsOf(expectedContents());
    }
  }

  @Test
  void tellsWhatBecameOfTheRows() throws IOException {
    try (Spool spool = fill(rowsOfFolder())) {
      assertThat(spool.statistics().spooled()).isEqualTo(6);
      assertThat(spool.statistics().unlabelled()).isEqualTo(1);
      assertThat(spool.statistics().failed()).isEqualTo(2);
      assertThat(spool.statistics().failures())
          .extracting(Failures::kind)
          .containsExactly("empty", "not-an-image");
      assertThat(spool.statistics().failures().get(0).examples())
          .singleElement()
          .asString()
          .startsWith("file:" + images + "/dog/t_empty.jpg: ");
    }
  }

  @Test
  void anImageThatIsGoneIsCounted() throws IOException {
    Dataset<Row> gone = row("file:/not/there.jpg");

    try (Spool spool =
        fill(rowsOfManifest().select("path", "relative_path", "label_index").union(gone))) {
      assertThat(spool.statistics().failures())
          .contains(
              new Failures("not-found", 1, List.of("file:/not/there.jpg: the file is not there")));
    }
  }

  @Test
  void tableAndManifestGiveTheSameSpoolAsTheFolder() throws IOException {
    String ofFolder = fingerprint(rowsOfFolder());

    assertThat(fingerprint(rowsOfTable())).isEqualTo(ofFolder);
    assertThat(fingerprint(rowsOfManifest())).isEqualTo(ofFolder);
  }

  @Test
  void partitionsDoNotMatter() throws IOException {
    String ofOnePartition = fingerprint(rowsOfTable().coalesce(1));

    assertThat(fingerprint(rowsOfTable().repartition(5))).isEqualTo(ofOnePartition);
  }

  @Test
  void anotherLabelGivesAnotherFingerprint() throws IOException {
    Dataset<Row> rows = rowsOfFolder();
    Dataset<Row> relabelled = rows.withColumn("label_index", functions.lit(0));

    assertThat(fingerprint(relabelled)).isNotEqualTo(fingerprint(rows));
  }

  @Test
  void reopensAsItWas() throws IOException {
    List<String> before;
    SpoolStatistics statistics;
    String fingerprint;
    try (Spool spool = fill(rowsOfFolder())) {
      before = contents(spool);
      statistics = spool.statistics();
      fingerprint = spool.fingerprint();
    }

    try (Spool spool = Spool.open(spooled, IDENTITY).orElseThrow()) {
      assertThat(contents(spool)).isEqualTo(before);
      assertThat(spool.statistics()).isEqualTo(statistics);
      assertThat(spool.fingerprint()).isEqualTo(fingerprint);
    }
  }

  @Test
  void whereNothingWasSpooledThereIsNothingToOpen() throws IOException {
    assertThat(Spool.open(spooled, IDENTITY)).isEmpty();
    assertThat(spooled).doesNotExist();
  }

  @Test
  void imagesOfAnotherIdentityAreNotReopened() throws IOException {
    fill(rowsOfFolder()).close();

    assertThat(Spool.open(spooled, "other images")).isEmpty();
  }

  @Test
  void truncatedDataAreNotReopened() throws IOException {
    fill(rowsOfFolder()).close();
    Path data = new SpoolFiles(spooled).data();
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, whole.length - 1));

    assertThat(Spool.open(spooled, IDENTITY)).isEmpty();
  }

  @Test
  void whatAKilledFillingLeftIsOverwritten() throws IOException {
    Files.createDirectory(spooled);
    Files.write(new SpoolFiles(spooled).data(), new byte[1 << 21]);

    assertThat(Spool.open(spooled, IDENTITY)).isEmpty();
    try (Spool spool = fill(rowsOfFolder())) {
      assertThat(contents(spool)).containsExactlyInAnyOrderElementsOf(expectedContents());
    }
  }

  @Test
  void aSpoolOfAnotherIdentityIsOverwritten() throws IOException {
    Spool.fill(spooled, "other images", rowsOfTable().limit(2), reader, decoder, rows -> {})
        .close();

    fill(rowsOfFolder()).close();

    assertThat(Spool.open(spooled, "other images")).isEmpty();
    try (Spool spool = Spool.open(spooled, IDENTITY).orElseThrow()) {
      assertThat(spool.size()).isEqualTo(GOOD.size());
    }
  }

  @Test
  void readsFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Spool spool = fill(rowsOfFolder())) {
      List<String> expected = contents(spool);
      List<Future<List<String>>> readings = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        readings.add(threads.submit(() -> contents(spool)));
      }

      for (Future<List<String>> reading : readings) {
        assertThat(reading.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anOpenSpoolKeepsOthersOut() throws IOException {
    try (Spool spool = fill(rowsOfFolder())) {
      String refusal = "Cannot spool to " + spooled + ": another run is using it";

      assertThatIOException().isThrownBy(() -> fill(rowsOfFolder())).withMessage(refusal);
      assertThatIOException().isThrownBy(() -> Spool.open(spooled, IDENTITY)).withMessage(refusal);
      assertThat(contents(spool)).containsExactlyInAnyOrderElementsOf(expectedContents());
    }
  }

  @Test
  void refusesToTrainOnNothing() throws IOException {
    Dataset<Row> rows = rowsOfFolder().filter("label = 'bird' OR relative_path LIKE '%empty.jpg'");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fill(rows))
        .withMessageStartingWith(
            "Cannot train: no image with a label could be read; 1 have no label, 1 failed,"
                + " such as file:"
                + images
                + "/dog/t_empty.jpg: ");
    assertThat(spooled).doesNotExist();
  }

  @Test
  void anImageThatMayBeThereEndsTheFilling() {
    Dataset<Row> rows = row("flaky:/denied-secret.jpg");

    assertThatIOException()
        .isThrownBy(() -> fill(rows))
        .withMessage(
            "Cannot spool the images: Cannot read flaky:/denied-secret.jpg: access denied");
    assertThat(spooled).doesNotExist();
  }

  @Test
  void aFailureOfSparkEndsTheFilling() throws IOException {
    Dataset<Row> rows =
        rowsOfTable().withColumn("label_index", functions.expr("int(raise_error('by the test'))"));

    assertThatIOException()
        .isThrownBy(() -> fill(rows))
        .withMessage("Cannot spool the images: Spark gave up on a task")
        .havingRootCause()
        .withMessageContaining("by the test");
    assertThat(spooled).doesNotExist();
  }

  @Test
  void aFullDiskEndsTheFilling() throws IOException {
    Files.createDirectory(spooled);
    Files.createSymbolicLink(new SpoolFiles(spooled).data(), Path.of("/dev/full"));

    assertThatIOException()
        .isThrownBy(() -> fill(rowsOfFolder()))
        .withMessageMatching(
            "Cannot spool the images to .*spool: No space left on device; name a larger disk in"
                + " train.spool");
    assertThat(spooled).doesNotExist();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.createFile(spooled);

    assertThatIOException()
        .isThrownBy(() -> fill(rowsOfFolder()))
        .withMessage(
            "Cannot spool to %s: it is not a folder; name another folder in train.spool", spooled);
  }

  @Test
  void deletesItsFilesAndTheEmptyFolder() throws IOException {
    fill(rowsOfFolder()).delete();

    assertThat(spooled).doesNotExist();
  }

  @Test
  void leavesFilesOfOthers() throws IOException {
    Files.createDirectory(spooled);
    Path other = Files.createFile(spooled.resolve("other"));

    fill(rowsOfFolder()).delete();

    assertThat(spooled).isDirectoryContaining(other::equals);
    assertThat(spooled.toFile().list()).hasSize(1);
  }

  @Test
  void aClosedSpoolIsNotDeleted() throws IOException {
    Spool spool = fill(rowsOfFolder());
    spool.close();

    assertThatIllegalStateException()
        .isThrownBy(spool::delete)
        .withMessage("Cannot delete the spool in %s: it is closed", spooled);
    assertThat(new SpoolFiles(spooled).data()).exists();
  }

  @Test
  void countsRowsForTheProgress() throws IOException {
    List<Long> told = new ArrayList<>();

    Spool.fill(spooled, IDENTITY, rowsOfFolder(), reader, decoder, told::add).close();

    assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  private Spool fill(Dataset<Row> rows) throws IOException {
    return Spool.fill(spooled, IDENTITY, rows, reader, decoder, done -> {});
  }

  private String fingerprint(Dataset<Row> rows) throws IOException {
    try (Spool spool = fill(rows)) {
      return spool.fingerprint();
    }
  }

  /** In the spool's order. */
  private static List<String> contents(Spool spool) throws IOException {
    List<String> contents = new ArrayList<>();
    for (int image = 0; image < spool.size(); image++) {
      contents.add(content(spool.label(image), spool.encoded(image)));
    }
    return contents;
  }

  private List<String> expectedContents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (String name : GOOD) {
      int label = name.startsWith("cat") ? 0 : 1;
      contents.add(content(label, Files.readAllBytes(images.resolve(name))));
    }
    return contents;
  }

  /** Strings, which are compared by value. */
  private static String content(int label, byte[] encoded) {
    return label + " " + HexFormat.of().formatHex(encoded);
  }

  private static List<String> all() {
    return Stream.of(GOOD, BAD, UNLABELLED).flatMap(List::stream).toList();
  }

  private Dataset<Row> rowsOfFolder() throws IOException {
    return rows(images, "");
  }

  private Dataset<Row> rowsOfManifest() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,label"));
    for (String name : all()) {
      lines.add(name + "," + label(name));
    }
    return rows(Files.write(folder.resolve("manifest.csv"), lines), images.toString());
  }

  private Dataset<Row> rows(Path input, String root) throws IOException {
    InputSettings settings =
        new InputSettings(
            input.toString(),
            "auto",
            InputColumns.USUAL,
            root,
            List.of(),
            List.of(),
            TruthSettings.NONE,
            0,
            0);
    return indexed(ImageInput.open(spark, settings, 1 << 20, List.of()).rows());
  }

  private Dataset<Row> rowsOfTable() throws IOException {
    Path table = folder.resolve("table.parquet");
    if (!Files.exists(table)) {
      held(all()).write().parquet(table.toString());
    }
    return rows(table, "");
  }

  /** Rows with the bytes of these images. */
  private Dataset<Row> held(List<String> names) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(RowFactory.create(name, label(name), Files.readAllBytes(images.resolve(name))));
    }
    return spark.createDataFrame(rows, TABLE);
  }

  /** An image of the first class that is to be read from here. */
  private Dataset<Row> row(String path) {
    return spark.sql(
        "SELECT '%s' AS path, '%s' AS relative_path, 0 AS label_index".formatted(path, path));
  }

  private static String label(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private static Dataset<Row> indexed(Dataset<Row> rows) {
    return rows.withColumn(
        "label_index", functions.expr("CASE label WHEN 'cat' THEN 0 WHEN 'dog' THEN 1 END"));
  }
}
