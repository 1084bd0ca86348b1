package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.TarFile;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PackIT {
  private static final String[] ALL_BUT_RUNS = {
    "path",
    "relative_path",
    "label",
    "label_index",
    "predicted_index",
    "probability",
    "label_nll",
    "label_rank",
    "top_k",
    "width",
    "height",
    "orientation",
    "length",
    "version",
    "error"
  };

  @TempDir private Path folder;
  private Workplace work;

  @BeforeEach
  void layOutImages() throws IOException {
    work = new Workplace(folder);
  }

  @Test
  void aPackedFolderGivesTheSamePredictionsInEveryColumn() {
    Said packed = pack("--input", work.images().toString());
    assertThat(packed.exitCode()).as(packed.err()).isZero();

    assertThat(predictionsOf(table())).isEqualTo(predictionsOf(work.images()));
  }

  @Test
  void packedTarFilesGiveTheSamePredictionsInEveryColumn() throws IOException {
    Path tars = work.tarFiles(2);
    Said packed = pack("--input", tars.toString());
    assertThat(packed.exitCode()).as(packed.err()).isZero();

    assertThat(packed.out())
        .startsWith("webdataset " + tars + " with 2 tar files, labels from cls\n");
    assertThat(read().select("label").schema().apply(0).dataType().typeName()).isEqualTo("long");
    assertThat(predictionsOf(table())).isEqualTo(predictionsOf(tars));
  }

  @Test
  void aTarFilesLabelThatIsNoIndexIsNotLost() throws IOException {
    Path tar = folder.resolve("mixed.tar");
    try (TarFile file = TarFile.create(tar)) {
      file.add("1.jpg", "").add("1.cls", "7").add("2.jpg", "").add("2.cls", "cat");
    }

    Said packed = pack("--input", tar.toString());

    assertThat(packed.exitCode()).isEqualTo(Main.FAILED);
    assertThat(packed.err()).contains("Cannot pack label, which is no index: cat");
  }

  @Test
  void saysWhatItPackedAndWhere() throws IOException {
    Said packed = pack("--input", work.images().toString());

    assertThat(packed.out())
        .startsWith("image folder file:" + work.images() + " with 10 subfolders\n")
        .contains("Packed %s images, ".formatted(Workplace.goldenImages().size()))
        .contains(" MB: file:" + table());
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("images", "packed");
  }

  @Test
  void filesAreOfTheSizeThatIsAsked() throws IOException {
    Said packed = pack("--input", work.images().toString(), "--set", "pack.file-size=100k");

    assertThat(packed.exitCode()).as(packed.err()).isZero();
    long bytes = read().selectExpr("sum(length)").first().getLong(0);
    assertThat(parquetFiles()).hasSizeBetween((int) (bytes / 200_000), (int) (bytes / 50_000));
    assertThat(read().selectExpr("sum(length(content))").first().getLong(0)).isEqualTo(bytes);
  }

  @Test
  void imagesThatCannotBeReadKeepTheirRows() throws IOException {
    Path manifest = folder.resolve("manifest.csv");
    String image = work.images().relativize(anImage()).toString();
    Files.write(manifest, List.of("path,label", image + ",3", "gone.jpg,4"));

    Said packed = pack("--input", manifest.toString(), "--set", "input.root=" + work.images());

    assertThat(packed.exitCode()).isEqualTo(Main.TOO_MANY_FAILURES);
    assertThat(packed.out())
        .contains("1 of them could not be read")
        .contains("Exit code 4: 1 of 2 images failed (50.00 %)");
    assertThat(read().filter("content is null").select("relative_path").first().getString(0))
        .isEqualTo("gone.jpg");
    assertThat(read().filter("content is not null").select("content").first().<byte[]>getAs(0))
        .isEqualTo(Files.readAllBytes(anImage()));
  }

  @Test
  void keptColumnsAndIndicesStayWhatTheyAre() {
    Path table = folder.resolve("table.parquet");
    LocalSpark.session()
        .sql("select 'a.jpg' as path, unhex('FFD8') as content, 7 as label, 1.5 as exposure")
        .write()
        .parquet(table.toString());

    Said packed = pack("--input", table.toString(), "--set", "input.keep=exposure");

    assertThat(packed.exitCode()).as(packed.err()).isZero();
    Row row = read().select("label", "exposure", "content").first();
    assertThat(row.getLong(0)).isEqualTo(7);
    assertThat(row.getDecimal(1)).isEqualByComparingTo("1.5");
    assertThat(row.<byte[]>getAs(2)).containsExactly(0xFF, 0xD8);
  }

  @Test
  void whatExistsIsRefused() throws IOException {
    Files.createDirectory(table());

    Said packed = pack("--input", work.images().toString());

    assertThat(packed.exitCode()).isEqualTo(Main.USAGE);
    assertThat(packed.err()).contains("it is there already").contains(table().toString());
  }

  @Test
  void nothingIsLeftOfAFailure() {
    Path table = folder.resolve("broken.parquet");
    LocalSpark.session()
        .range(3)
        .selectExpr("cast(id as string) as path")
        .write()
        .parquet(table.toString());
    damage(table);

    Said packed = pack("--input", table.toString());

    assertThat(packed.exitCode()).isNotZero();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("images", "broken.parquet");
  }

  /** Read as Spark does by default, 4096 rows at a time, they would not fit. */
  @Test
  void largeImagesArePredictedInASmallHeap() throws Exception {
    Path images = Files.createDirectories(folder.resolve("large"));
    Random random = new Random(1);
    byte[] noise = new byte[200_000];
    for (int image = 0; image < 2000; image++) {
      random.nextBytes(noise);
      Files.write(images.resolve(image + ".jpg"), noise);
    }
    Said packed = pack("--input", images.toString());
    assertThat(packed.exitCode()).as(packed.err()).isZero();

    Path home = folder.resolve("home");
    Process process =
        JobProcess.start(home, Main.class, List.of("-Xmx512m"), predict(table(), home));

    assertThat(process.waitFor()).as(Files.readString(JobProcess.said(home))).isZero();
    assertThat(Files.readString(JobProcess.said(home))).contains("2,000");
  }

  private static List<String> predict(Path table, Path home) {
    return List.of(
        "predict",
        "--input",
        table.toString(),
        "--model",
        GoldenFiles.CHECKPOINT.toString(),
        "--output",
        home.resolve("out").toString(),
        "--set",
        "max-failure-rate=1");
  }

  private Said pack(String... options) {
    return Workplace.say(
        Stream.concat(Stream.of("pack", "--output", table().toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path table() {
    return folder.resolve("packed");
  }

  private Dataset<Row> read() {
    return LocalSpark.session().read().parquet(table().toString());
  }

  private List<Row> predictionsOf(Path input) {
    String output = folder.resolve(input.getFileName() + "-predictions").toString();
    Said said =
        work.run(
            "evaluate",
            "--input",
            input.toString(),
            "--output",
            output,
            "--set",
            "max-failure-rate=1");
    assertThat(said.exitCode()).as(said.err()).isZero();
    return LocalSpark.session()
        .read()
        .parquet(output + "/predictions")
        .selectExpr(ALL_BUT_RUNS)
        .sort("relative_path")
        .collectAsList();
  }

  private Path anImage() throws IOException {
    try (Stream<Path> files = Files.walk(work.images())) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  private List<Path> parquetFiles() throws IOException {
    try (Stream<Path> files = Files.list(table())) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  /** Leaves the end of each file, which is all that Spark reads to learn the schema. */
  private static void damage(Path table) {
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4, 12, (byte) 0x55);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.write(file, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
