package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same images give the same predictions, bit for bit, however they come. */
final class EquivalentInputsIT {
  private static final String[] COMPARED = {
    "regexp_replace(relative_path, '^[0-9][.]tar/', '') as relative_path",
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
    "error"
  };
  private static final StructType BYTES =
      new StructType()
          .add("content", DataTypes.BinaryType)
          .add("relative_path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("camera", DataTypes.StringType);
  private static final StructType HUGGING_FACE =
      new StructType()
          .add(
              "image",
              new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType))
          .add("label", DataTypes.LongType);

  @TempDir private static Path shared;
  private static List<Row> fromFolder;

  @TempDir private Path folder;
  private Workplace work;

  @BeforeAll
  static void predictAFolder() throws IOException {
    Workplace place = new Workplace(shared);
    Said said = place.run("evaluate", "--set", "max-failure-rate=1");
    assertThat(said.exitCode()).as(said.err()).isZero();
    fromFolder = predictions(place);
  }

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
  }

  @Test
  void aParquetTableWithBytes() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path image : images()) {
      rows.add(
          RowFactory.create(Files.readAllBytes(image), relative(image), label(image), "K1000"));
    }
    evaluate(write(rows, BYTES), "--set", "input.keep=camera");

    assertThat(predictions(work)).isEqualTo(fromFolder);
    assertThat(work.predictions().filter("camera = 'K1000'").count()).isEqualTo(Workplace.IMAGES);
  }

  @Test
  void aHuggingFaceTableWithIntegerLabels() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path image : images()) {
      Row struct = RowFactory.create(Files.readAllBytes(image), relative(image));
      rows.add(RowFactory.create(struct, (long) (label(image).charAt(6) - '0')));
    }
    evaluate(write(rows, HUGGING_FACE), "--set", "model.class-names=" + names());

    assertThat(predictions(work)).isEqualTo(fromFolder);
  }

  @Test
  void aManifestWithRelativePaths() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,label"));
    for (Path image : images()) {
      lines.add(relative(image) + "," + label(image));
    }
    evaluate(
        Files.write(work.images().resolve("../manifest.csv"), lines),
        "--set",
        "input.root=" + work.images());

    assertThat(predictions(work)).isEqualTo(fromFolder);
  }

  @Test
  void tarFilesOfSamples() throws IOException {
    evaluate(work.tarFiles(3), "--set", "model.class-names=" + names());

    assertThat(predictions(work)).isEqualTo(fromFolder);
    assertThat(work.predictions().filter("path like 'tar:file:%.tar!/class-%'").count())
        .isEqualTo(Workplace.IMAGES);
  }

  private void evaluate(Path input, String... options) {
    Said said =
        work.run(
            "evaluate",
            Stream.concat(
                    Stream.of("--input", input.toString(), "--set", "max-failure-rate=1"),
                    Stream.of(options))
                .toArray(String[]::new));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private Path write(List<Row> rows, StructType schema) {
    Path table = folder.resolve("table.parquet");
    LocalSpark.session().createDataFrame(rows, schema).write().parquet(table.toString());
    return table;
  }

  private Path names() throws IOException {
    Path names = folder.resolve("names.txt");
    return Files.write(
        names, fromFolder.stream().map(row -> row.getString(1)).distinct().sorted().toList());
  }

  private static List<Row> predictions(Workplace place) {
    return place.predictions().selectExpr(COMPARED).sort("relative_path").collectAsList();
  }

  private List<Path> images() throws IOException {
    try (Stream<Path> files = Files.walk(work.images())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String relative(Path image) {
    return work.images().relativize(image).toString();
  }

  private String label(Path image) {
    return image.getParent().getFileName().toString();
  }
}
