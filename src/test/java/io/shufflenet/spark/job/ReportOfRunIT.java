package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on one run of evaluate, which kept a column. */
final class ReportOfRunIT {
  @TempDir private static Path folder;
  private static Workplace work;

  @BeforeAll
  static void evaluate() throws IOException {
    work = new Workplace(folder);
    Said said =
        work.run(
            "evaluate",
            "--input",
            manifest().toString(),
            "--set",
            "input.keep=camera",
            "--set",
            "report.by=camera",
            "--set",
            "report.thumbnails=0",
            "--set",
            "max-failure-rate=1");
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  /** The images by their paths, every third by the camera {@code north}. */
  private static Path manifest() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,label,camera"));
    try (Stream<Path> files = Files.walk(work.images())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String label = file.getParent().getFileName().toString();
        lines.add(file + "," + label + "," + (lines.size() % 3 == 0 ? "north" : ""));
      }
    }
    return Files.write(folder.resolve("images.csv"), lines);
  }

  @Test
  void aSubsetMeasuresAsTheSliceOfTheRun() throws IOException {
    Said said = report("north", "--where", "camera = 'north'", "--set", "report.thumbnails=2");

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject report = json("north/report.json");
    JsonObject summary = report.getAsJsonObject("summary");
    JsonObject slice = slice("north");
    for (String metric : summary.keySet()) {
      if (!metric.equals("findings")) {
        assertThat(summary.get(metric)).as(metric).isEqualTo(slice.get(metric));
      }
    }
    assertThat(report.get("provenance")).isEqualTo(ofRun().get("provenance"));
    assertThat(report.getAsJsonObject("selection").get("where").getAsString())
        .isEqualTo("camera = 'north'");
    assertThat(report.getAsJsonArray("mistakes"))
        .hasSize(2)
        .allMatch(image -> !image.getAsJsonObject().get("thumbnail").isJsonNull());
    assertThat(said.out()).contains("Predictions of run ", "Only where: camera = 'north'");
  }

  @Test
  void fromTheBestClassesOtherLabelsGiveTheAccuracy() throws IOException {
    List<String> lines = new ArrayList<>(List.of("file,truth", "elsewhere.jpg,class-1"));
    List<Row> predicted =
        work.predictions()
            .where("error is null")
            .selectExpr("relative_path", "predicted", "top_k[4].class")
            .orderBy("relative_path")
            .limit(10)
            .collectAsList();
    for (int i = 0; i < predicted.size(); i++) {
      Row row = predicted.get(i);
      lines.add(row.getString(0) + "," + row.getString(i < 6 ? 1 : 2));
    }
    Path labels = Files.write(folder.resolve("labels.csv"), lines);

    Said said =
        report(
            "relabelled",
            "--labels",
            labels.toString(),
            "--set",
            "labels.columns.relative-path=file",
            "--set",
            "labels.columns.label=truth");

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject summary = json("relabelled/report.json").getAsJsonObject("summary");
    assertThat(summary.get("evaluated").getAsInt()).isEqualTo(10);
    assertThat(summary.get("top1").getAsDouble()).isEqualTo(0.6);
    assertThat(summary.get("top5").getAsDouble()).isEqualTo(1);
    assertThat(summary.get("nll").isJsonNull()).isTrue();
    assertThat(summary.get("ece").isJsonNull()).isFalse();
    assertThat(said.out())
        .contains("10 of 54 images are in it; 1 of its rows are of no image.")
        .contains("They are taken as names. Without scores (output.scores = true) their")
        .contains("no log-likelihood");
  }

  @Test
  void aFolderOfPredictionsIsItsRun() throws IOException {
    Said said =
        Workplace.say(
            "report",
            "--predictions",
            work.output().resolve("predictions").toString(),
            "--output",
            folder.resolve("by-predictions").toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("Predictions of run ");
    assertThat(json("by-predictions/report.json").get("provenance"))
        .isEqualTo(ofRun().get("provenance"));
  }

  @Test
  void columnsOfARunNeedNoNames() {
    Said said = report("named", "--set", "predictions.columns.label=camera");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("Cannot use predictions.columns.label")
        .contains("is a run of this project, whose columns are known");
  }

  @Test
  void aReportInsideTheRunIsRefused() {
    Said said =
        Workplace.say(
            "report",
            "--predictions",
            work.output().toString(),
            "--output",
            work.output().resolve("second").toString());

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("lie in one another");
  }

  @Test
  void aGateThatFailsEndsWithExitCode3() throws IOException {
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "type " + i).toList();
    Path file = Files.write(folder.resolve("names.txt"), names);

    Said said = report("gated", "--set", "gates.min-top1=0.9", "--set", "class-names=" + file);

    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.out()).contains("Exit code 3: gates.min-top1 = 0.9 failed");
    assertThat(json("gated/run.json").get("exit_code").getAsInt()).isEqualTo(3);
    JsonObject report = json("gated/report.json");
    assertThat(report.getAsJsonArray("gates")).hasSize(1);
    assertThat(
            report.getAsJsonArray("mistakes").get(0).getAsJsonObject().get("label").getAsString())
        .startsWith("type ");
  }

  private static Said report(String output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "report",
                "--predictions",
                work.output().toString(),
                "--set",
                "report.review=0",
                "--output",
                folder.resolve(output).toString()));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private static JsonObject ofRun() throws IOException {
    return json("out/report/report.json");
  }

  private static JsonObject slice(String value) throws IOException {
    for (JsonElement slice : ofRun().getAsJsonArray("slices")) {
      JsonElement found = slice.getAsJsonObject().get("value");
      if (!found.isJsonNull() && found.getAsString().equals(value)) {
        return slice.getAsJsonObject();
      }
    }
    throw new AssertionError("no slice " + value);
  }

  private static JsonObject json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
  }
}
