package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.model.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateIT {
  /** How much a probability may differ from PyTorch's. */
  private static final double PROBABILITY = 1e-4;

  @TempDir private static Path shared;
  private static Workplace done;

  /** What an evaluation of {@link #done} said, which several tests look at. */
  private static Said evaluation;

  @TempDir private Path folder;
  private Workplace work;

  @BeforeAll
  static void evaluate() throws IOException {
    done = new Workplace(shared);
    evaluation = done.run("evaluate", "--set", "max-failure-rate=1");
    assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
  }

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
  }

  @Test
  void everyImageIsOneRowAndEveryResultIsWritten() {
    assertThat(done.predictions().count()).isEqualTo(Workplace.IMAGES);
    assertThat(done.predictions().select("relative_path").distinct().count())
        .isEqualTo(Workplace.IMAGES);
    assertThat(done.read("classes").count()).isEqualTo(10);
    assertThat(done.read("report/summary").first().<Long>getAs("images"))
        .isEqualTo(Workplace.IMAGES);
    assertThat(done.output()).isDirectoryContaining("glob:**/run.json");
    assertThat(done.output().resolve(".work")).doesNotExist();
    assertThat(evaluation.out()).contains("Accuracy over", "Failures:", "Results: ");
  }

  @Test
  void probabilitiesAreThoseOfPyTorch() {
    for (String preset : List.of("megvii", "torchvision")) {
      Path output = folder.resolve(preset);
      work.run(
          "predict",
          "--output",
          output.toString(),
          "--set",
          "output.scores=true",
          "--set",
          "max-failure-rate=1",
          "--set",
          "image.preprocessing=" + preset);

      JsonObject reference = GoldenFiles.json("predictions-0.5x-g3-10c.json");
      int compared = 0;
      for (Row row : work.read("../" + preset + "/predictions").collectAsList()) {
        String name = Path.of(row.<String>getAs("relative_path")).getFileName().toString();
        if (reference.has(name) && !isAcceptedDifference(name)) {
          assertClose(name, row, reference.getAsJsonObject(name).getAsJsonArray(preset));
          compared++;
        }
      }
      assertThat(compared).isEqualTo(32);
    }
  }

  private static void assertClose(String name, Row row, JsonArray expected) {
    assertThat(row.isNullAt(row.fieldIndex("error"))).as(name).isTrue();
    List<Float> scores = row.getList(row.fieldIndex("scores"));
    int index = 0;
    for (JsonElement probability : expected) {
      assertThat((double) scores.get(index++))
          .as(name)
          .isCloseTo(probability.getAsDouble(), within(PROBABILITY));
    }
  }

  /**
   * OpenCV scales 16-bit greyscale where Pillow clips, rejects a PNG without its end, and rounds
   * CMYK otherwise.
   */
  private static boolean isAcceptedDifference(String name) {
    return List.of("p_gray16.png", "p_gray16_12bit.png", "t_noIEND.png", "j_cmyk_pil.jpg")
        .contains(name);
  }

  @Test
  void theFileBesideTheCheckpointSaysHowItPredicts() throws IOException {
    List<String> reversed = IntStream.range(0, 10).mapToObj(i -> "class-" + (9 - i)).toList();
    ModelDescription description = new ModelDescription(Preprocessing.MEGVII.atSize(96), reversed);
    String checkpoint = work.describedCheckpoint(description).toString();

    Said said = work.run("evaluate", "--model", checkpoint, "--set", "max-failure-rate=1");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("A file beside the checkpoint was read; preprocessing megvii, 96 x 96");
    assertThat(provenance(work.output()).get("input_size").getAsInt()).isEqualTo(96);
    assertThat(work.read("classes").sort("index").first().<String>getAs("name"))
        .isEqualTo("class-9");
    List<Row> labelled = work.predictions().filter("error is null").collectAsList();
    assertThat(labelled)
        .isNotEmpty()
        .allSatisfy(row -> assertNamed(row, "label"))
        .allSatisfy(row -> assertNamed(row, "predicted"));
  }

  private static void assertNamed(Row row, String column) {
    assertThat(row.<String>getAs(column))
        .isEqualTo("class-" + (9 - row.<Integer>getAs(column + "_index")));
  }

  @Test
  void aSizeThatIsSetPredictsAsTheSameSizeInTheFileBesideTheCheckpoint() throws IOException {
    ModelDescription description = new ModelDescription(Preprocessing.MEGVII.atSize(96), List.of());
    String checkpoint = work.describedCheckpoint(description).toString();
    Path set = folder.resolve("set");

    work.run("predict", "--model", checkpoint, "--set", "output.scores=true");
    work.run(
        "predict",
        "--output",
        set.toString(),
        "--set",
        "output.scores=true",
        "--set",
        "image.input-size=96");

    assertThat(provenance(set).get("input_size").getAsInt()).isEqualTo(96);
    assertThat(scores("predictions")).isEqualTo(scores("../set/predictions"));
  }

  private List<String> scores(String table) {
    return work
        .read(table)
        .select("relative_path", "scores")
        .sort("relative_path")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private static JsonObject provenance(Path output) throws IOException {
    return record(output).getAsJsonObject("provenance");
  }

  private static JsonObject record(Path output) throws IOException {
    return JsonParser.parseString(Files.readString(output.resolve("run.json"))).getAsJsonObject();
  }

  @Test
  void moreFailuresThanAllowedEndWithExitCode4AndResults() {
    Said said = work.run("evaluate");

    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.out()).contains("images failed", "max-failure-rate = 0.01");
    assertThat(work.predictions().count()).isEqualTo(Workplace.IMAGES);
  }

  @Test
  void runJsonTellsWhereTheResultComesFrom() throws IOException {
    JsonObject run = record(done.output());

    assertThat(run.getAsJsonObject("provenance").get("architecture").getAsString())
        .isEqualTo("shufflenetv1-0.5x-g3");
    assertThat(run.getAsJsonObject("provenance").get("input_size").getAsInt()).isEqualTo(224);
    assertThat(run.get("images").getAsInt()).isEqualTo(Workplace.IMAGES);
    assertThat(run.get("exit_code").getAsInt()).isZero();
    assertThat(run.getAsJsonArray("classifiers")).hasSize(1);
    assertThat(run.getAsJsonObject("configuration").get("max-failure-rate").getAsInt()).isOne();
  }

  @Test
  void runJsonAndSummaryTellWhereTheTimeWent() throws IOException {
    JsonObject run = record(done.output());

    JsonObject timing = run.getAsJsonObject("timing");
    JsonObject stages = timing.getAsJsonObject("stages");
    for (String stage : List.of("list", "read", "decode", "preprocess", "forward", "write")) {
      assertThat(stages.get(stage).getAsDouble()).as(stage).isPositive();
    }
    assertThat(stages.get("idle").getAsDouble()).isNotNegative();
    assertThat(timing.get("slots").getAsInt()).isEqualTo(2);
    double beforePredicting =
        Stream.of("starting", "planning", "listing", "checking")
            .mapToDouble(step -> timing.get(step).getAsDouble())
            .sum();
    assertThat(timing.getAsJsonObject("start_up").get("first_image").getAsDouble())
        .isBetween(beforePredicting, beforePredicting + timing.get("predicting").getAsDouble());
    JsonObject classifier = run.getAsJsonArray("classifiers").get(0).getAsJsonObject();
    assertThat(classifier.get("images").getAsInt())
        .isEqualTo(Workplace.IMAGES - run.get("failed").getAsInt());
    assertThat(evaluation.out())
        .contains("  first image after ")
        .contains("  bottleneck: " + timing.get("bottleneck").getAsString() + ": ");
  }

  @Test
  void anOutputThatExistsIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectory(work.output());
    Files.writeString(work.output().resolve("precious.txt"), "mine");

    Said said = work.run("evaluate");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("Cannot write to output.path", "already holds files");
    assertThat(work.output().resolve("precious.txt")).hasContent("mine");
  }

  @Test
  void anInputThatIsNotThereIsRefusedAndNothingIsWritten() {
    Said said = work.run("evaluate", "--input", folder.resolve("nowhere").toString());

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("nowhere").contains("input.path");
    assertThat(work.output()).doesNotExist();
  }

  @Test
  void aPrecisionThatTheProcessorLacksIsRefusedAndNothingIsWritten() {
    Said said = work.run("evaluate", "--set", "inference.precision=fp16");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("Cannot compute with inference.precision = fp16")
        .contains("CPUs have no arithmetic for it");
    assertThat(work.output()).doesNotExist();
  }

  @Test
  void runJsonTellsWhatComputed() throws IOException {
    assertThat(provenance(done.output()).get("precision").getAsString())
        .isIn("onednn fp32", "portable fp32");
  }

  @Test
  void anotherNumberOfClassNamesThanClassesIsRefusedWithBothNumbers() throws IOException {
    Path names = Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");

    Said said = work.run("evaluate", "--set", "model.class-names=" + names);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("2 names").contains("10 classes");
  }

  @Test
  void aLabelThatIsNotAClassIsRefusedByName() throws IOException {
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "Class-" + i).toList();
    Path file = Files.write(folder.resolve("names.txt"), names);

    Said said = work.run("evaluate", "--set", "model.class-names=" + file);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("class-0");
    assertThat(work.output()).doesNotExist();
  }

  @Test
  void anOutputInsideTheInputIsRefused() {
    Said said = work.run("evaluate", "--output", work.images().resolve("results").toString());

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("lie in one another");
  }

  @Test
  void aGpuThatIsNotThereFailsAtOnceWithTheReason() {
    Said said = work.run("evaluate", "--set", "inference.device=gpu");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("Cannot use a GPU (device = gpu)");
    assertThat(work.output()).doesNotExist();
  }

  @Test
  void anotherArchitectureThanClaimedIsRefused() {
    Said said = work.run("evaluate", "--set", "model.architecture=1.0x-g3");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("shufflenetv1-1.0x-g3", "shufflenetv1-0.5x-g3");
  }

  @Test
  void aLimitTakesThatManyImages() {
    Said said = work.run("evaluate", "--limit", "12", "--set", "max-failure-rate=1");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(work.predictions().count()).isEqualTo(12);
  }

  @Test
  void aRotationThatWasIgnoredIsTold() {
    assertThat(evaluation.out()).contains("1 image with an EXIF rotation");
    assertThat(done.predictions().filter("orientation = 6").count()).isOne();
  }
}
