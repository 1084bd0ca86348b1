package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that other tools may have written, beside what scikit-learn makes of them. */
final class ReportIT {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Of means over values that were rounded to 9 decimals, or given as floats. */
  private static final Offset<Double> ROUNDED = within(1e-7);

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void aTableOfAnotherToolMeasuresAsScikitLearnSays() throws IOException {
    Said said =
        report(
            golden("predictions.csv"),
            "--set",
            "predictions.columns.label=label_index",
            "--set",
            "predictions.columns.predicted=predicted_index",
            "--set",
            "report.by=label_rank");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertGoldenMetrics(summary());
    assertThat(said.out())
        .contains("Labels and predictions are all integers and are taken as class indices")
        .contains("Worst slices by top-1", "Results: ");
    JsonObject report = json("report.json");
    assertThat(report.getAsJsonObject("provenance").get("model").isJsonNull()).isTrue();
    assertThat(report.getAsJsonObject("selection").get("predictions").getAsString())
        .endsWith("golden/evaluation/predictions.csv");
    assertThat(report.getAsJsonArray("slices").get(0).getAsJsonObject().get("column").getAsString())
        .isEqualTo("label_rank");
    assertThat(json("run.json").get("command").getAsString()).isEqualTo("report");
    assertThat(output().resolve("report.html")).isNotEmptyFile();
    assertThat(LocalSpark.session().read().parquet(output().resolve("coverage").toString()).count())
        .isEqualTo(report.getAsJsonArray("coverage").size());
  }

  @Test
  void fromScoresAloneEverythingFollows() throws IOException {
    Said said = report(golden("scores.jsonl"));

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertGoldenMetrics(summary());
  }

  @Test
  void whatATableDoesNotTellIsNull() throws IOException {
    Path table =
        csv(
            "truth,guess",
            "cat,cat",
            "cat,dog",
            "dog,dog",
            "fox,",
            "owl,owl",
            "yak,yak",
            "eel,eel");

    Said said =
        report(
            table,
            "--set",
            "predictions.columns.label=truth",
            "--set",
            "predictions.columns.predicted=guess");

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject summary = summary();
    for (String unknown : List.of("nll", "brier", "ece", "top5", "top5_all", "rotated")) {
      assertThat(summary.get(unknown).isJsonNull()).as(unknown).isTrue();
    }
    assertThat(summary.get("top1").getAsDouble()).isEqualTo(5.0 / 6);
    assertThat(summary.get("top1_all").getAsDouble()).isEqualTo(5.0 / 7);
    JsonObject report = json("report.json");
    assertThat(report.getAsJsonArray("calibration")).isEmpty();
    assertThat(report.getAsJsonArray("coverage")).isEmpty();
    assertThat(report.getAsJsonArray("failures").get(0).getAsJsonObject().get("kind").getAsString())
        .isEqualTo("no-prediction");
    assertThat(said.out())
        .contains("The classes are the 6 different labels and predictions, sorted")
        .doesNotContain("NLL", "null");
  }

  @Test
  void anyOfSeveralLabelsIsRight() throws IOException {
    Said said = report(golden("scores.jsonl"), "--set", "predictions.columns.label=labels");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertAnyOf(summary());
    assertThat(summary().get("unlabelled").getAsInt()).isEqualTo(8);
    assertThat(json("report.json").getAsJsonArray("per_class")).isEmpty();
    assertThat(json("report.json").getAsJsonArray("confusion")).isEmpty();
    assertThat(said.out()).contains("right is any of an image's labels");
  }

  @Test
  void otherLabelsReplaceTheTablesOwn() throws IOException {
    Said said =
        report(
            golden("scores.jsonl"),
            "--labels",
            golden("scores.jsonl").toString(),
            "--set",
            "labels.format=json",
            "--set",
            "labels.columns.label=labels");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertAnyOf(summary());
    assertThat(said.out()).contains("400 of 400 images are in it; 0 of its rows are of no image.");
  }

  @Test
  void aSubsetMeasuresAsItsRowsAlone() throws IOException {
    Said said = report(golden("scores.jsonl"), "--where", "label < 5 and label <> 2");
    JsonObject subset = summary();
    Path alone = folder.resolve("alone.jsonl");
    LocalSpark.session()
        .read()
        .json(golden("scores.jsonl").toString())
        .where("label < 5 and label <> 2")
        .write()
        .json(alone.toString());
    output = folder.resolve("second");
    report(alone, "--set", "predictions.format=json");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(subset).isEqualTo(summary());
    assertThat(said.out()).contains("Only where: label < 5 and label <> 2");
  }

  @Test
  void whatCannotBeMeantIsRefusedByName() throws IOException {
    Path table =
        csv(
            "relative_path,label,predicted,probability,error",
            "a.jpg,cat,cat,0.5,",
            "b.jpg,cat,dog,1.5,",
            "c.jpg,dog,dog,nan,",
            "c.jpg,dog,dog,,");
    Path names = Files.writeString(folder.resolve("names.txt"), "cat\nowl\n");
    Path labels = csv("relative_path,label", "x.jpg,cat");

    refuses(
        table,
        "Cannot use column predictions.columns.probability = probability: 3 rows do not hold a probability from 0 to 1, for example 1.5 (b.jpg)");
    refuses(
        table,
        "Cannot find column predictions.columns.label = truth: the table has relative_path, label, predicted, probability, error",
        "--set",
        "predictions.columns.label=truth");
    refuses(
        table,
        "Cannot use column predictions.columns.scores = label: its type is string and must be an array of floating point numbers",
        "--set",
        "predictions.columns.scores=label");
    refuses(
        table,
        "Cannot use label 'dog': it is none of the names of the 2 classes",
        "--set",
        "class-names=" + names);
    refuses(table, "Cannot use where = colour = 1: [UNRESOLVED_COLUMN", "--where", "colour = 1");
    refuses(
        table, "Cannot use where = label = = 1: [PARSE_SYNTAX_ERROR]", "--where", "label = = 1");
    refuses(table, "no row is left by where = label = 'owl'", "--where", "label = 'owl'");
    refuses(table, "Cannot find column report.by = camera", "--set", "report.by=camera");
    Path twice = csv("relative_path,label,predicted", "c.jpg,dog,dog", "c.jpg,dog,cat");
    refuses(twice, "'c.jpg' stands in the predictions 2 times", "--labels", labels.toString());
    refuses(folder.resolve("nothing.csv"), "nothing.csv does not exist");
    refuses(csv("label,predicted"), "it has no rows");
  }

  @Test
  void aRunThatIsNotCompleteIsRefused() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.createDirectories(run.resolve(".work"));

    refuses(run, "the run there is not complete");
  }

  private Path output;

  private Path output() {
    return output == null ? folder.resolve("report") : output;
  }

  private static Path golden(String name) {
    return GoldenFiles.path("evaluation").resolve(name);
  }

  private Path csv(String... lines) throws IOException {
    Path file = Files.createTempFile(folder, "table", ".csv");
    return Files.write(file, Arrays.asList(lines));
  }

  private Said report(Path predictions, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "report",
                "--predictions",
                predictions.toString(),
                "--set",
                "report.review=0",
                "--output",
                output().toString()));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private void refuses(Path predictions, String message, String... options) {
    Said said = report(predictions, options);

    assertThat(said.err()).contains(message);
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  private JsonObject json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(output().resolve(name))).getAsJsonObject();
  }

  private JsonObject summary() throws IOException {
    return json("report.json").getAsJsonObject("summary");
  }

  private static JsonObject expected() throws IOException {
    return JsonParser.parseString(Files.readString(golden("expected.json"))).getAsJsonObject();
  }

  private static void assertGoldenMetrics(JsonObject summary) throws IOException {
    JsonObject expected = expected();
    for (String metric : List.of("top1", "top5", "balanced_accuracy", "kappa", "matthews")) {
      assertThat(summary.get(metric).getAsDouble())
          .as(metric)
          .isCloseTo(expected.get(metric).getAsDouble(), EXACT);
    }
    for (String metric : List.of("nll", "brier", "ece")) {
      assertThat(summary.get(metric).getAsDouble())
          .as(metric)
          .isCloseTo(expected.get(metric).getAsDouble(), ROUNDED);
    }
    assertThat(summary.get("macro_f1").getAsDouble())
        .isCloseTo(expected.getAsJsonArray("macro").get(2).getAsDouble(), EXACT);
    assertThat(summary.get("weighted_precision").getAsDouble())
        .isCloseTo(expected.getAsJsonArray("weighted").get(0).getAsDouble(), EXACT);
  }

  private static void assertAnyOf(JsonObject summary) throws IOException {
    JsonArray expected = expected().getAsJsonArray("any_of");
    double images = expected.get(0).getAsDouble();
    assertThat(summary.get("evaluated").getAsDouble()).isEqualTo(images);
    assertThat(summary.get("top1").getAsDouble()).isEqualTo(expected.get(1).getAsInt() / images);
    assertThat(summary.get("top5").getAsDouble()).isEqualTo(expected.get(2).getAsInt() / images);
    for (String unknown : List.of("nll", "brier", "ece", "macro_f1", "kappa")) {
      assertThat(summary.get(unknown).isJsonNull()).as(unknown).isTrue();
    }
  }
}
