package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three of the model's ten classes, {@code class-1}, {@code class-4} and {@code class-7}. */
final class ClassSubsetIT {
  private static final List<Integer> KEPT = List.of(1, 4, 7);
  private static final double TEMPERATURE = 2;

  /** Scores are floats. */
  private static final double ROUNDING = 1e-6;

  @TempDir private Path folder;
  private Workplace work;
  private String input;
  private String names;

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
    Path some = Files.createDirectory(folder.resolve("some"));
    for (int index : KEPT) {
      Files.move(work.images().resolve("class-" + index), some.resolve("class-" + index));
    }
    input = some.toString();
    List<String> all = IntStream.range(0, 10).mapToObj(i -> "class-" + i).toList();
    names = "model.class-names=" + Files.write(folder.resolve("names.txt"), all);
  }

  @Test
  void probabilitiesAreSharedAmongTheKeptClasses() throws IOException {
    Path free = folder.resolve("free");
    Said freely = evaluate("--output", free.toString());
    Said said =
        evaluate(
            "--set", "classes.restrict=labels", "--set", "inference.temperature=" + TEMPERATURE);

    assertThat(freely.exitCode()).as(freely.err()).isZero();
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("  scored among 3 of the model's 10 classes (classes.restrict)")
        .contains("  probabilities at temperature 2.0 (inference.temperature)");
    assertThat(freely.out()).doesNotContain("scored among", "temperature");
    Map<String, List<Float>> scores = new HashMap<>();
    for (Row row : work.read("../free/predictions").filter("error is null").collectAsList()) {
      scores.put(row.getAs("relative_path"), row.getList(row.fieldIndex("scores")));
    }
    List<Row> rows = work.predictions().filter("error is null").collectAsList();
    assertThat(rows).hasSameSizeAs(scores.keySet()).isNotEmpty();
    rows.forEach(row -> assertRestricted(row, scores.get(row.<String>getAs("relative_path"))));
    assertThat(work.read("report/summary").first().<Double>getAs("top5")).isNull();
    assertThat(work.read("report/summary").first().<Long>getAs("undefined_classes"))
        .isLessThanOrEqualTo(3);
    assertProvenance("run.json");
    assertProvenance("report/report.json");

    Said resumed = evaluate("--mode", "resume", "--set", "classes.restrict=labels");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err()).contains("Cannot resume: inference.temperature is 1, and was 2");
  }

  private void assertProvenance(String file) throws IOException {
    JsonObject provenance =
        JsonParser.parseString(Files.readString(work.output().resolve(file)))
            .getAsJsonObject()
            .getAsJsonObject("provenance");
    assertThat(provenance.get("classes").getAsInt()).isEqualTo(10);
    assertThat(provenance.get("scored_classes").getAsInt()).isEqualTo(3);
    assertThat(provenance.get("temperature").getAsDouble()).isEqualTo(TEMPERATURE);
  }

  private static void assertRestricted(Row row, List<Float> free) {
    double sum = KEPT.stream().mapToDouble(index -> root(free.get(index))).sum();
    List<Float> scores = row.getList(row.fieldIndex("scores"));
    for (int index = 0; index < 10; index++) {
      double expected = KEPT.contains(index) ? root(free.get(index)) / sum : 0;
      assertThat((double) scores.get(index)).isCloseTo(expected, within(ROUNDING));
    }
    int label = row.getAs("label_index");
    assertThat(row.<Double>getAs("label_nll"))
        .isCloseTo(-Math.log(root(free.get(label)) / sum), within(1e-4));
    assertThat(KEPT).contains(row.<Integer>getAs("predicted_index"));
    assertThat(row.<Integer>getAs("label_rank")).isBetween(1, 3);
    assertThat(row.<Row>getList(row.fieldIndex("top_k")))
        .extracting(entry -> entry.<Integer>getAs("index"))
        .containsExactlyInAnyOrderElementsOf(KEPT);
  }

  private static double root(double probability) {
    return Math.pow(probability, 1 / TEMPERATURE);
  }

  @Test
  void aLabelOutsideIsRefusedByEvaluateAndPredictedWithoutAnIndex() throws IOException {
    String some = "classes.restrict=" + Files.write(folder.resolve("some.txt"), List.of("4", "2"));

    Said evaluated = evaluate("--set", some);
    Said predicted =
        work.run(
            "predict",
            "--input",
            input,
            "--set",
            names,
            "--set",
            some,
            "--set",
            "max-failure-rate=1");

    assertThat(evaluated.exitCode()).isEqualTo(2);
    assertThat(evaluated.err()).contains("Cannot use label 'class-", "classes.restrict");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(work.predictions().filter("label = 'class-4' and label_index = 4").count())
        .isPositive();
    assertThat(work.predictions().filter("label != 'class-4' and label_index is null").count())
        .isPositive();
    assertThat(work.predictions().filter("predicted_index not in (2, 4)").count()).isZero();
  }

  private Said evaluate(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--input",
            input,
            "--set",
            names,
            "--set",
            "output.scores=true",
            "--set",
            "max-failure-rate=1"));
    return work.run("evaluate", all.toArray(String[]::new));
  }
}
