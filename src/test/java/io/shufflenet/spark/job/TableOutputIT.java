package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.Lake;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.cluster.TrapFileSystem;
import io.shufflenet.spark.cluster.TrapFileSystem.Fault;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    lake =
        Lake.open(
            TrapFileSystem.SCHEME + "://" + folder.resolve("lake"),
            TrapFileSystem.properties(Fault.NONE, folder));
    work = new Workplace(folder);
    List<Path> images = keepFew();
    Files.write(
        folder.resolve("names.txt"),
        IntStream.range(0, 10).mapToObj(index -> "class-" + index).toList());
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
    List<String> arguments =
        new ArrayList<>(List.of("--set", "model.class-names=" + folder.resolve("names.txt")));
    arguments.addAll(List.of(options));
    Said said = run("evaluate", arguments.toArray(String[]::new));
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).endsWith("Table: lake.db.predictions (upsert)\n");
    return runId(work.output());
  }

  private static String runId(Path output) throws IOException {
    return json(output.resolve("run.json"))
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
    JsonObject actual = reportOnTable("report", "--where", "run_id = '" + secondRun + "'");

    JsonObject expected = summary(work.output().resolve("report/report.json"));
    for (String metric : List.of("images", "failed", "top1", "top1_all", "top5", "nll", "ece")) {
      assertThat(actual.get(metric)).as(metric).isEqualTo(expected.get(metric));
    }
  }

  /** Without a condition Iceberg computes some aggregates itself. */
  @Test
  void aReportOnAllRowsMeasuresTheImagesThatAreGoneToo() throws IOException {
    JsonObject report =
        reportOnTable("whole-report", "--set", "class-names=" + folder.resolve("names.txt"));

    assertThat(report.get("images").getAsLong()).isEqualTo(table().count());
  }

  private static JsonObject reportOnTable(String name, String... options) throws IOException {
    Path output = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(List.of("report", "--predictions", TABLE, "--output", output.toString()));
    arguments.addAll(List.of("--set", "predictions.format=table"));
    arguments.addAll(List.of(options));

    Said said = Workplace.say(arguments.toArray(String[]::new));

    assertThat(said.exitCode()).as(said.err()).isZero();
    return summary(output.resolve("report.json"));
  }

  @Test
  void aRunWhosePredictionsWereDeletedTellsThatTheTableHasThem() throws IOException {
    Path predictions = work.output().resolve("predictions");
    Path aside = Files.move(predictions, folder.resolve("aside"));
    try {
      Said report =
          Workplace.say(
              "report",
              "--predictions",
              work.output().toString(),
              "--output",
              folder.resolve("no-report").toString());
      Said resumed = run("evaluate", "--mode", "resume");

      assertThat(report.exitCode()).isEqualTo(2);
      assertThat(report.err())
          .isEqualTo(
              "Error: Cannot read predictions from file:%s: the folder predictions was deleted there. The run wrote them to the table %s too: report reads them by --predictions %s --set predictions.format=table --where \"run_id = '%s'\"\n"
                  .formatted(work.output(), TABLE, TABLE, secondRun));
      assertThat(resumed.exitCode()).isEqualTo(2);
      assertThat(resumed.err()).contains("so that there is nothing to resume");
    } finally {
      Files.move(aside, predictions);
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

    String[] options = into("lake.db.broken", "append", output);
    Said failed = work.run("predict", options);
    LocalSpark.session()
        .sql("ALTER TABLE lake.db.broken UNSET TBLPROPERTIES ('write.format.default')");
    Said resumed = work.run("predict", resumed(options));

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

  private static String[] into(String table, String mode, Path output) {
    return new String[] {
      "--output-table",
      table,
      "--set",
      "output.table-mode=" + mode,
      "--set",
      "model.class-names=" + folder.resolve("names.txt"),
      "--set",
      "image.input-size=32",
      "--set",
      "max-failure-rate=1",
      "--output",
      output.toString()
    };
  }

  private static String[] resumed(String[] options) {
    return Stream.concat(Stream.of(options), Stream.of("--mode", "resume")).toArray(String[]::new);
  }

  /** All is written by then but the commit. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aRunThatIsKilledWhileItWritesTheTableLeavesItsRowsAndTheNextRunWritesThemOnce()
      throws Exception {
    Path output = copyOfOutput("killed");
    String table = "lake.db.killed";
    LocalSpark.session()
        .sql("CREATE TABLE %s USING iceberg AS SELECT * FROM %s LIMIT 3".formatted(table, TABLE));
    List<String> old = rows(table);
    int files = dataFiles("killed");
    String[] options = resumed(into(table, "append", output));

    killBeforeTheCommit(options);
    List<String> afterwards = rows(table);
    int filesAfterwards = dataFiles("killed");
    Said again = work.run("predict", options);

    assertThat(afterwards).isEqualTo(old);
    assertThat(filesAfterwards).isGreaterThan(files);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("predictions of earlier runs, made 0");
    Dataset<Row> added =
        LocalSpark.session().table(table).where("run_id = '%s'".formatted(runId(output)));
    assertThat(sorted(added.drop("run_id"))).isEqualTo(sorted(work.read("../killed/predictions")));
    assertThat(rows(table)).hasSize(Math.toIntExact(old.size() + added.count())).containsAll(old);
  }

  private static Path copyOfOutput(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (Stream<Path> files = Files.walk(work.output())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(work.output().relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void killBeforeTheCommit(String... options) throws Exception {
    Path marks = folder.resolve("marks");
    Map<String, String> properties =
        new TreeMap<>(TrapFileSystem.properties(Fault.STANDING_BEFORE_A_COMMIT, marks));
    properties.put("spark.sql.shuffle.partitions", "2");
    JobProcess.killOnce(
        () -> Files.exists(marks.resolve(TrapFileSystem.PROCESS)),
        JobProcess.startShortLived(
            folder.resolve("process"),
            Main.class,
            lake.javaOptions(properties),
            work.arguments("predict", options)));
  }

  private static int dataFiles(String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lake/db/" + table + "/data"))) {
      return Math.toIntExact(files.count());
    }
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

  private static List<String> rows(String table) {
    return sorted(LocalSpark.session().table(table));
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
