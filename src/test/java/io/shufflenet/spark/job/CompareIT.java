package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.ComparisonGates;
import io.shufflenet.spark.evaluation.comparison.ComparisonLimits;
import io.shufflenet.spark.evaluation.comparison.DropLimit;
import io.shufflenet.spark.evaluation.comparison.RunPredictions;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.results.FinishedRun;
import io.shufflenet.spark.results.GateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the golden images, and what compare says of them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class CompareIT {
  @TempDir private static Path shared;
  private static Path before;
  private static Path packed;
  private static Path after;

  @TempDir private Path folder;

  /** Of the folder, of the same images packed, and one whose predictions are other ones. */
  @BeforeAll
  static void run() throws IOException {
    Workplace work = new Workplace(shared);
    before = evaluate(work, "before", work.images());
    Path table = shared.resolve("table");
    Said said =
        Workplace.say("pack", "--input", work.images().toString(), "--output", table.toString());
    assertThat(said.exitCode()).as(said.err()).isZero();
    packed = evaluate(work, "packed", table);
    after = withOtherPredictions();
  }

  private static Path evaluate(Workplace work, String name, Path input) {
    String output = shared.resolve(name).toString();
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
    return Path.of(output);
  }

  /** No image is taken for what it is, by what says to be another preprocessing. */
  private static Path withOtherPredictions() throws IOException {
    Path after = shared.resolve("after");
    read(before.resolve("predictions"))
        .withColumn(
            "predicted_index",
            functions.expr("if(predicted_index is null, null, pmod(label_index + 1, 10))"))
        .write()
        .parquet(after.resolve("predictions").toString());
    read(before.resolve("classes")).write().parquet(after.resolve("classes").toString());
    String record = Files.readString(before.resolve("run.json"));
    Files.writeString(
        after.resolve("run.json"),
        record.replace("\"preprocessing\": \"megvii\"", "\"preprocessing\": \"torchvision\""));
    return after;
  }

  @Test
  void aPackedSetsRunIsItsFoldersRun() throws IOException {
    Said said = compare(before, packed, "--set", "gates.max-drop=0", "--set", "gates.max-psi=0.1");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("B and A cannot be told apart: top-1 +0.00 points (95 % interval")
        .contains("p = 1.0000)")
        .doesNotContain("differ in")
        .doesNotContain("only in");
    JsonObject paired = comparison().getAsJsonObject("paired");
    JsonObject images = paired.getAsJsonObject("images");
    long all = Workplace.goldenImages().size();
    assertThat(images.get("common").getAsLong()).isEqualTo(all);
    assertThat(images.get("only_a").getAsLong() + images.get("only_b").getAsLong()).isZero();
    assertThat(images.get("failed_both").getAsLong())
        .isEqualTo(all - images.get("predicted").getAsLong());
    assertThat(paired.get("agreement").getAsDouble()).isEqualTo(1);
    assertThat(read(output().resolve("changed")).count()).isZero();
  }

  @Test
  void whatChangedIsToldAndGated() throws IOException {
    Said said = compare(before, after, "--by", "orientation", "--set", "gates.max-drop=0.05");

    assertThat(said.exitCode()).as(said.err()).isEqualTo(Main.GATE_FAILED);
    assertThat(said.out())
        .contains("B and A cannot be told apart: top-1 -8.57 points (95 % interval")
        .contains("\ndiffer in: preprocessing\n", "orientation", "\n\nResults: file:")
        .contains("Exit code 3: gates.max-drop = 0.05 failed: top-1 accuracy of B minus that of A");
    JsonObject images = comparison().getAsJsonObject("paired").getAsJsonObject("images");
    long compared = images.get("compared").getAsLong();
    long changed = images.get("predicted").getAsLong() - images.get("agreed").getAsLong();
    assertThat(changed).isPositive();
    Dataset<Row> table = read(output().resolve("changed"));
    assertThat(table.count()).isEqualTo(changed);
    assertThat(table.where("change = 'lost'").count()).isEqualTo(3);
    assertThat(table.columns())
        .containsExactly(
            "relative_path",
            "label",
            "predicted_a",
            "probability_a",
            "predicted_b",
            "probability_b",
            "change",
            "run");
    for (String parts : List.of("per_class", "slices")) {
      assertThat(sum(parts, "support")).as(parts).isEqualTo(compared);
      assertThat(sum(parts, "lost")).as(parts).isEqualTo(3);
    }
    assertThat(output().toFile().list())
        .containsExactlyInAnyOrder(
            "runs",
            "per_class",
            "slices",
            "drift",
            "changed",
            "compare.json",
            "compare.html",
            "run.json");
    JsonObject run = json("run.json");
    assertThat(run.get("command").getAsString()).isEqualTo("compare");
    assertThat(run.get("exit_code").getAsInt()).isEqualTo(3);
    assertThat(run.getAsJsonArray("predictions")).hasSize(2);
    JsonObject gate = run.getAsJsonArray("gates").get(0).getAsJsonObject();
    assertThat(gate.get("gate").getAsString()).isEqualTo("max-drop");
    assertThat(gate.get("passed").getAsBoolean()).isFalse();
  }

  @Test
  void severalRunsAreHeldAgainstTheFirst() throws IOException {
    Said said =
        Workplace.say(
            "compare",
            before.toString(),
            packed.toString(),
            after.toString(),
            "--unpaired",
            "--output",
            output().toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("B and A cannot be told apart").contains("C ");
    assertThat(json("compare.json").getAsJsonArray("comparisons")).hasSize(2);
    assertThat(comparison().get("paired").isJsonNull()).isTrue();
    assertThat(
            read(output().resolve("drift"))
                .where("run = 'B'")
                .selectExpr("max(psi)")
                .first()
                .getDouble(0))
        .isZero();
    assertThat(output().resolve("changed")).doesNotExist();
  }

  @Test
  void anEvaluationCanBeHeldAgainstItsBaseline() throws IOException {
    Comparison comparison =
        Comparison.against(measured("baseline", before), measured("this run", after));

    assertThat(comparison.difference().difference()).isEqualTo(-3 / 35.0);
    assertThat(
            ComparisonGates.check(comparison, new ComparisonLimits(0.05, DropLimit.ANY, 0)).get(0))
        .matches(gate -> !gate.passed())
        .extracting(GateResult::message)
        .asString()
        .startsWith("top-1 accuracy of this run minus that of baseline is -0.0857");
  }

  private static ComparedRun measured(String name, Path run) throws IOException {
    FinishedRun finished =
        FinishedRun.in(new Configuration(), new org.apache.hadoop.fs.Path(run.toUri()))
            .orElseThrow();
    RunPredictions predictions = RunPredictions.of(LocalSpark.session(), run.toString(), finished);
    return ComparedRun.of(name, run.toString(), finished.provenance(), predictions);
  }

  @Test
  void whatIsNoCompleteRunIsRefused() throws IOException {
    Path unfinished = Files.createDirectories(folder.resolve("unfinished/.work")).getParent();
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertRefused(compare(before, unfinished), "the run there is not complete");
    assertRefused(
        compare(before, empty),
        "Cannot compare file:%s: it is no output folder of predict or evaluate".formatted(empty));
    assertRefused(
        Workplace.say("compare", before.toString(), "--output", output().toString()),
        "alone: name the runs to hold against it too");
    assertRefused(compare(before, after, "--set", "gates.drop=big"), "gates.drop = big");
    assertRefused(compare(before, after, "--by", "camera"), "compare.by = camera");
    assertRefused(
        Workplace.say(
            "compare",
            before.toString(),
            after.toString(),
            "--output",
            before.resolve("comparison").toString()),
        "lie in one another");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("unfinished", "empty");
  }

  private static void assertRefused(Said said, String why) {
    assertThat(said.exitCode()).as(said.out()).isEqualTo(Main.USAGE);
    assertThat(said.err()).contains(why);
  }

  private Path output() {
    return folder.resolve("comparison");
  }

  private Said compare(Path one, Path other, String... options) {
    return Workplace.say(
        Stream.concat(
                Stream.of(
                    "compare", one.toString(), other.toString(), "--output", output().toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private JsonObject comparison() throws IOException {
    return json("compare.json").getAsJsonArray("comparisons").get(0).getAsJsonObject();
  }

  private JsonObject json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(output().resolve(name))).getAsJsonObject();
  }

  private long sum(String table, String column) {
    return read(output().resolve(table)).selectExpr("sum(" + column + ")").first().getLong(0);
  }

  private static Dataset<Row> read(Path table) {
    return LocalSpark.session().read().parquet(table.toString());
  }
}
