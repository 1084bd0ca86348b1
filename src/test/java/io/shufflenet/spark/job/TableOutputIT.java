package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.Lake;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's predictions in an Iceberg table too. */
final class TableOutputIT {
  private static final String TABLE = "lake.db.predictions";

  @TempDir private static Path folder;
  private static Lake lake;
  private static Workplace work;
  private static String gone;
  private static String firstRun;
  private static String secondRun;

  /** A run, and one that goes on from there when an image has gone and one has come. */
  @BeforeAll
  static void evaluateTwice() throws IOException {
    lake = Lake.open(folder.resolve("lake"));
    work = new Workplace(folder);
    List<Path> images = keepFew();
    gone = work.images().relativize(images.get(0)).toString();
    firstRun = evaluate();
    Files.move(images.get(0), images.get(1).resolveSibling("added.jpg"));
    secondRun = evaluate("--mode", "resume");
  }

  private static List<Path> keepFew() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (Stream<Path> files = Files.walk(work.images())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.getFileName().toString().matches("j_4\\d\\d\\.jpg|t_trunc50\\.jpg")) {
          kept.add(file);
        } else {
          Files.delete(file);
        }
      }
    }
    return kept;
  }

  private static String evaluate(String... options) throws IOException {
    List<String> names = IntStream.range(0, 10).mapToObj(index -> "class-" + index).toList();
    Path file = Files.write(folder.resolve("names.txt"), names);
    List<String> arguments = new ArrayList<>(List.of("--set", "model.class-names=" + file));
    arguments.addAll(List.of(options));
    Said said = run("evaluate", arguments.toArray(String[]::new));
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).endsWith("Table: lake.db.predictions (upsert)\n");
    return json(work.output().resolve("run.json"))
        .getAsJsonObject("provenance")
        .get("run_id")
        .getAsString();
  }

  private static Said run(String command, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--output-table",
                TABLE,
                "--set",
                "image.input-size=32",
                "--set",
                "max-failure-rate=1"));
    arguments.addAll(List.of(options));
    return work.run(command, arguments.toArray(String[]::new));
  }

  @AfterAll
  static void closeLake() {
    lake.close();
  }

  @Test
  void theTableHasTheLastPredictionOfEveryImageThatWasEverThere() {
    Dataset<Row> table = table();

    assertThat(sorted(table.where("run_id = '" + secondRun + "'").drop("run_id")))
        .isEqualTo(sorted(work.predictions()));
    assertThat(table.where("run_id = '" + firstRun + "'").collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.<String>getAs("relative_path")).isEqualTo(gone));
    assertThat(table.count()).isEqualTo(work.predictions().count() + 1);
  }

  @Test
  void aReportOnTheTableSaysWhatTheRunsReportSays() throws IOException {
    Path output = folder.resolve("report");

    Said said =
        Workplace.say(
            "report",
            "--predictions",
            TABLE,
            "--set",
            "predictions.format=table",
            "--where",
            "run_id = '" + secondRun + "'",
            "--output",
            output.toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject expected = summary(work.output().resolve("report/report.json"));
    JsonObject actual = summary(output.resolve("report.json"));
    for (String metric : List.of("images", "failed", "top1", "top1_all", "top5", "nll", "ece")) {
      assertThat(actual.get(metric)).as(metric).isEqualTo(expected.get(metric));
    }
  }

  @Test
  void theTableIsAnInputToo() {
    Said said =
        work.run(
            "predict",
            "--input",
            TABLE,
            "--set",
            "input.format=table",
            "--set",
            "image.input-size=32",
            "--set",
            "max-failure-rate=1",
            "--output",
            folder.resolve("again").toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    Dataset<Row> again = work.read("../again/predictions");
    assertThat(again.count()).isEqualTo(table().count());
    assertThat(again.where("error.kind = 'not-found'").select("relative_path").collectAsList())
        .containsExactly(RowFactory.create(gone));
  }

  @Test
  void aTableOfOtherColumnsIsRefusedBeforeAnythingIsPredicted() {
    Path output = folder.resolve("refused");

    Said said = run("predict", "--set", "output.embedding=pooled", "--output", output.toString());

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            "Error: Cannot write to output.table = lake.db.predictions: its column embedding is"
                + " absent, and predictions have array<float>\n");
    assertThat(output).doesNotExist();
  }

  @Test
  void whereOnlyTheTableFailsTheNextRunWritesItAndPredictsNothing() {
    Path output = folder.resolve("complete");
    SparkSession spark = LocalSpark.session();
    spark.sql("CREATE TABLE lake.db.broken USING iceberg AS SELECT * FROM " + TABLE + " LIMIT 0");
    spark.sql("ALTER TABLE lake.db.broken SET TBLPROPERTIES ('write.format.default' = 'none')");

    Said failed = predictIntoBroken(output);
    LocalSpark.session()
        .sql("ALTER TABLE lake.db.broken UNSET TBLPROPERTIES ('write.format.default')");
    Said resumed = predictIntoBroken(output, "--mode", "resume");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .contains(
            "Error: Cannot finish the run. The predictions are complete in file:" + output,
            "because: Cannot write to output.table = lake.db.broken: ");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("predictions of earlier runs, made 0");
    assertThat(LocalSpark.session().table("lake.db.broken").count())
        .isEqualTo(work.read("../complete/predictions").count());
  }

  private static Said predictIntoBroken(Path output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--output-table",
                "lake.db.broken",
                "--set",
                "output.table-mode=append",
                "--set",
                "image.input-size=32",
                "--set",
                "max-failure-rate=1",
                "--output",
                output.toString()));
    arguments.addAll(List.of(options));
    return work.run("predict", arguments.toArray(String[]::new));
  }

  @Test
  void imagesOfOneNameCannotBeToldApartInATable() throws IOException {
    Path image = Workplace.goldenImages().get(0);
    Path manifest =
        Files.writeString(
            folder.resolve("list.csv"),
            "path,relative_path\n%s,a.jpg\n%s,a.jpg\n".formatted(image, image));
    Path output = folder.resolve("unnamed");

    Said said = run("predict", "--input", manifest.toString(), "--output", output.toString());

    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.err())
        .contains("Cannot use output.table-mode = upsert: 2 images have the relative path a.jpg");
    assertThat(output).doesNotExist();
  }

  private static Dataset<Row> table() {
    return LocalSpark.session().table(TABLE);
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static JsonObject summary(Path report) throws IOException {
    return json(report).getAsJsonObject("summary");
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }
}
