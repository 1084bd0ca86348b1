package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.job.Workplace.Said;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What evaluate reports beside the accuracy: of one run, on images of which many are wrong. */
final class EvaluateReportIT {
  @TempDir private static Path folder;
  private static Workplace work;
  private static Said said;

  @BeforeAll
  static void evaluate() throws IOException {
    work = new Workplace(folder);
    said =
        work.run(
            "evaluate",
            "--set",
            "max-failure-rate=1",
            "--set",
            "gates.min-top1=0.9",
            "--set",
            "gates.max-ece=0.99",
            "--set",
            "report.by=orientation",
            "--set",
            "report.min-support=10",
            "--set",
            "report.thumbnails=3",
            "--set",
            "report.review=7");
  }

  @Test
  void aFailedGateEndsWithExitCode3AndResults() throws IOException {
    assertThat(said.exitCode()).as(said.err()).isEqualTo(3);
    assertThat(said.out())
        .contains("Exit code 3: gates.min-top1 = 0.9 failed: top-1 accuracy is 0.")
        .doesNotContain("max-ece = 0.99 failed");
    assertThat(work.predictions().count()).isEqualTo(Workplace.IMAGES);
    JsonObject run = json("run.json");
    assertThat(run.get("exit_code").getAsInt()).isEqualTo(3);
    assertThat(run.getAsJsonArray("gates"))
        .extracting(gate -> text(gate, "gate") + " " + text(gate, "passed"))
        .containsExactly("min-top1 false", "max-ece true");
  }

  @Test
  void theImagesShownHaveTheirPictures() throws IOException {
    JsonObject report = json("report/report.json");

    assertThat(report.getAsJsonArray("mistakes")).hasSize(3);
    for (JsonElement image : report.getAsJsonArray("mistakes")) {
      assertThat(text(image, "label")).isNotEqualTo(text(image, "predicted"));
      byte[] jpeg = Base64.getDecoder().decode(text(image, "thumbnail"));
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertThat(Math.max(picture.getWidth(), picture.getHeight())).isBetween(1, 160);
    }
  }

  @Test
  void theReviewQueueIsThereAsTablesAndAPage() throws IOException {
    List<Row> worthLabelling = work.read("report/review/least_margin").collectAsList();

    assertThat(worthLabelling).hasSize(7);
    assertThat(worthLabelling)
        .extracting(row -> row.<Double>getAs("margin"))
        .isSorted()
        .allMatch(margin -> margin >= 0);
    assertThat(worthLabelling)
        .allSatisfy(
            row ->
                assertThat(row.<String>getAs("second"))
                    .startsWith("class-")
                    .isNotEqualTo(row.<String>getAs("predicted")));
    assertThat(work.read("report/review/label_errors").columns())
        .containsExactly(
            "path",
            "relative_path",
            "label",
            "predicted",
            "probability",
            "label_probability",
            "second",
            "second_probability",
            "margin",
            "threshold");
    assertThat(work.output().resolve("report/review.html")).isNotEmptyFile();
    assertThat(text(json("report/report.json"), "review")).isEqualTo("review.html");
  }

  @Test
  void slicesStandByTheirColumn() {
    assertThat(work.read("report/slices").collectAsList())
        .extracting(
            row ->
                "%s %s %s"
                    .formatted(row.getAs("column"), row.getAs("value"), row.getAs("supported")))
        .contains("orientation 1 true", "orientation 6 false");
    assertThat(said.out())
        .containsPattern("left out: \\d slices? of fewer images than report.min-support");
  }

  @Test
  void theReportTellsWhereTheTimeWent() throws IOException {
    JsonObject timing = json("report/report.json").getAsJsonObject("timing");

    assertThat(timing.get("predicting").getAsDouble())
        .isEqualTo(json("run.json").getAsJsonObject("timing").get("predicting").getAsDouble());
    assertThat(timing.get("reporting").getAsDouble()).isZero();
  }

  @Test
  void aRunIsAsGoodAsItself() throws IOException {
    Path output = folder.resolve("against-itself");
    Said told =
        Workplace.say(
            "report",
            "--predictions",
            work.output().toString(),
            "--output",
            output.toString(),
            "--set",
            "report.baseline=" + work.output(),
            "--set",
            "gates.max-drop=0",
            "--set",
            "gates.max-psi=0.01");

    assertThat(told.exitCode()).as(told.err()).isZero();
    assertThat(told.out())
        .contains("Against the baseline, run ", ": not to be told apart", "0 gained, 0 lost")
        .containsPattern("max-drop +0.0 +0.0000 +passed");
    JsonObject baseline = json("../against-itself/report.json").getAsJsonObject("baseline");
    assertThat(baseline.get("agreement").getAsDouble()).isOne();
    assertThat(baseline.get("p_value").getAsDouble()).isOne();
    assertThat(baseline.getAsJsonArray("differs_in")).isEmpty();
  }

  @Test
  void whatIsNoRunIsNoBaseline() throws IOException {
    Path output = folder.resolve("no-baseline");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Said refused =
        work.run("evaluate", "--output", output.toString(), "--set", "report.baseline=" + empty);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("Cannot use report.baseline = " + empty, "it holds no run.json");
    assertThat(output).doesNotExist();
  }

  @Test
  void membersOfTarFilesHaveTheirPicturesToo() throws IOException {
    Path output = folder.resolve("of-tar-files");
    List<String> names = IntStream.range(0, 10).mapToObj(index -> "class-" + index).toList();
    Path classes = Files.write(folder.resolve("classes.txt"), names);
    Said ofTarFiles =
        work.run(
            "evaluate",
            "--input",
            work.tarFiles(2).toString(),
            "--output",
            output.toString(),
            "--set",
            "max-failure-rate=1",
            "--set",
            "report.thumbnails=1",
            "--set",
            "model.class-names=" + classes,
            "--set",
            "report.baseline=" + work.output());

    assertThat(ofTarFiles.exitCode()).as(ofTarFiles.err()).isZero();
    JsonObject report = json("../of-tar-files/report/report.json");
    assertThat(text(report.getAsJsonArray("mistakes").get(0), "thumbnail")).startsWith("/9j/");
    // Their names are others than those of the same images in the folder.
    assertThat(report.getAsJsonObject("baseline").get("p_value").isJsonNull()).isTrue();
    assertThat(ofTarFiles.out()).contains("  not image by image: Cannot compare");
  }

  @Test
  void aColumnThatIsNotThereIsRefusedBeforeAnyImageIsRead() {
    Path output = folder.resolve("not-there");
    Said refused = work.run("evaluate", "--output", output.toString(), "--set", "report.by=camera");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "Cannot slice by report.by = camera: there will be orientation. Name the input's column");
    assertThat(output).doesNotExist();
  }

  @Test
  void gatesAreNotForPredict() {
    Path output = folder.resolve("predicted");
    Said refused =
        work.run("predict", "--output", output.toString(), "--set", "gates.min-top1=0.9");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("Cannot use report.by, report.baseline or gates with predict: it measures no");
  }

  private static JsonObject json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(work.output().resolve(file))).getAsJsonObject();
  }

  private static String text(JsonElement object, String member) {
    return object.getAsJsonObject().get(member).getAsString();
  }
}
