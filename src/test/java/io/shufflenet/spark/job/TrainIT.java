package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.checkpoint.Checkpoint;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.job.Workplace.Said;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainIT {
  private static final Map<String, String> AS_USUAL = Map.of();
  private static final StructType TABLE =
      new StructType()
          .add("content", DataTypes.BinaryType)
          .add("relative_path", DataTypes.StringType)
          .add("label", DataTypes.StringType);

  @TempDir private static Path folder;
  private static TrainingPlace place;
  private static Said reference;

  @BeforeAll
  static void trainOnTheFolder() throws IOException {
    place = new TrainingPlace(folder);
    reference = place.train("reference", AS_USUAL);
    assertThat(reference.exitCode()).as(reference.err()).isZero();
  }

  @Test
  void aRunLeavesModelCheckpointsMetricsAndItsRecord() throws IOException {
    assertThat(TrainingPlace.files(place.output("reference")))
        .filteredOn(file -> !file.startsWith("metrics/") && !file.endsWith(".crc"))
        .containsExactly(
            "checkpoints/checkpoint-000002.pth.tar",
            "checkpoints/checkpoint-000002.pth.tar.json",
            "checkpoints/checkpoint-000004.pth.tar",
            "checkpoints/checkpoint-000004.pth.tar.json",
            "checkpoints/checkpoint-000006.pth.tar",
            "checkpoints/checkpoint-000006.pth.tar.json",
            "model.pth.tar",
            "model.pth.tar.json",
            "run.json",
            "training.json");
    assertThat(reference.out())
        .contains(
            "Network:         shufflenetv1-0.5x-g3 for 3 classes, images of 32 x 32, on cpu\n",
            "Starting from:   untrained weights of seed 0\n",
            "Training images:   24, left out 1 unreadable and 0 without a label\n",
            "broken.png",
            "Validation images: 12, left out 0 unreadable and 0 without a label\n",
            "Averaged statistics (the model): top-1 ",
            "Model: file:" + place.output("reference").resolve("model.pth.tar"));
  }

  @Test
  void metricsAreRowsByIterationWithTheValidationsThatWereDue() {
    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(place.output("reference").resolve("metrics").toString())
            .sort("iteration")
            .collectAsList();

    assertThat(rows).extracting(row -> row.<Long>getAs("iteration")).containsExactly(2L, 4L, 6L);
    assertThat(rows)
        .extracting(row -> row.getAs("validation_top1") != null)
        .containsExactly(false, true, true);
    assertThat(rows).extracting(row -> row.<Double>getAs("loss")).doesNotContain(Double.NaN);
  }

  @Test
  void runJsonTellsWhatWasTrainedOnWhat() throws IOException {
    JsonObject run = place.record("reference");

    assertThat(run.get("command").getAsString()).isEqualTo("train");
    assertThat(run.get("architecture").getAsString()).isEqualTo("shufflenetv1-0.5x-g3");
    assertThat(run.get("classes").getAsInt()).isEqualTo(3);
    assertThat(run.get("input_size").getAsInt()).isEqualTo(32);
    assertThat(run.get("resumed_at").getAsInt()).isZero();
    assertThat(run.get("device").getAsString()).isEqualTo("cpu");
    JsonArray images = run.getAsJsonArray("images");
    assertThat(images).hasSize(2);
    assertThat(spooled(images, 0)).isEqualTo(TrainingPlace.TRAINING_IMAGES);
    assertThat(spooled(images, 1)).isEqualTo(TrainingPlace.VALIDATION_IMAGES);
    assertThat(failures(images, 0).get(0).getAsJsonObject().get("images").getAsInt()).isOne();
    assertThat(failures(images, 1)).isEmpty();
    assertThat(run.getAsJsonObject("running_statistics").get("images").getAsInt())
        .isEqualTo(TrainingPlace.VALIDATION_IMAGES);
    assertThat(
            run.getAsJsonObject("configuration")
                .getAsJsonObject("train")
                .get("batch-size")
                .getAsInt())
        .isEqualTo(8);
  }

  private static int spooled(JsonArray images, int set) {
    return images.get(set).getAsJsonObject().get("spooled").getAsInt();
  }

  private static JsonArray failures(JsonArray images, int set) {
    return images.get(set).getAsJsonObject().getAsJsonArray("failures");
  }

  @Test
  void evaluateAgreesWithTheRecordWithoutBeingToldSizeOrNames() throws IOException {
    Path output = place.output("evaluated");

    Said said =
        Workplace.say(
            "evaluate",
            "--input",
            place.validation().toString(),
            "--model",
            place.output("reference").resolve("model.pth.tar").toString(),
            "--output",
            output.toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("preprocessing megvii, 32 x 32");
    List<Row> predictions =
        LocalSpark.session()
            .read()
            .parquet(output.resolve("predictions").toString())
            .collectAsList();
    long right =
        predictions.stream()
            .filter(row -> row.<String>getAs("label").equals(row.getAs("predicted")))
            .count();
    assertThat((double) right / predictions.size())
        .isEqualTo(
            place
                .record("reference")
                .getAsJsonObject("averaged_statistics")
                .get("top1")
                .getAsDouble());
  }

  @Test
  void theSameImagesInATableGiveTheSameModel() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path image : images()) {
      rows.add(RowFactory.create(Files.readAllBytes(image), relative(image), label(image)));
    }
    Path table = folder.resolve("table.parquet");
    LocalSpark.session().createDataFrame(rows, TABLE).write().parquet(table.toString());

    Said said = place.train("from-table", Map.of("input.path", table.toString()));

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(place.model("from-table")).isEqualTo(place.model("reference"));
  }

  @Test
  void theSameImagesInAManifestGiveTheSameModel() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,label"));
    for (Path image : images()) {
      lines.add(relative(image) + "," + label(image));
    }
    Path manifest = Files.write(folder.resolve("manifest.csv"), lines);

    Said said =
        place.train(
            "from-manifest",
            Map.of(
                "input.path", manifest.toString(),
                "input.root", place.training().toString(),
                "validation.path", ""));

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(place.model("from-manifest")).isEqualTo(place.model("reference"));
  }

  private static List<Path> images() throws IOException {
    try (Stream<Path> files = Files.walk(place.training())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String relative(Path image) {
    return place.training().relativize(image).toString();
  }

  private static String label(Path image) {
    return image.getParent().getFileName().toString();
  }

  @Test
  void moreUnreadableImagesThanAllowedEndWithExitCode4AndNothingWritten() throws IOException {
    Said said = place.train("too-many", Map.of("max-failure-rate", "0.01"));

    assertThat(said.exitCode()).as(said.err()).isEqualTo(4);
    assertThat(said.out())
        .contains(
            "Exit code 4: 1 of 37 images cannot be read, more than max-failure-rate = 0.01 allows;"
                + " nothing was trained");
    assertNothingIsLeft("too-many");
  }

  @Test
  void aSuccessfulRunLeavesNoCopiesOfTheImages() {
    assertThat(place.spool("reference")).isEmptyDirectory();
  }

  @Test
  void aRunThatFailsLaterKeepsTheCopiesForTheOneThatGoesOn() throws IOException {
    Said said = place.train("diverged", Map.of("train.learning-rate", "1000000000000"));

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.err()).contains("train.learning-rate");
    assertThat(TrainingPlace.files(place.spool("diverged")))
        .filteredOn(file -> file.endsWith("spool.index"))
        .hasSize(2);
    assertThat(place.output("diverged").resolve("training.json")).isNotEmptyFile();
    assertThat(place.output("diverged").resolve("run.json")).doesNotExist();
  }

  @Test
  void anInterruptedRunGoesOnToTheSameModel() throws IOException {
    place.interrupt("reference", "interrupted");
    byte[] half = "half".getBytes(StandardCharsets.UTF_8);
    Files.write(
        place.output("interrupted").resolve("checkpoints/.checkpoint-000004.pth.tar.writing"),
        half);

    Said said = place.train("interrupted", AS_USUAL, "--resume");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("Going on from iteration 2\n");
    assertThat(place.model("interrupted")).isEqualTo(place.model("reference"));
    assertThat(place.record("interrupted").get("averaged_statistics"))
        .isEqualTo(place.record("reference").get("averaged_statistics"));
    assertThat(place.record("interrupted").get("resumed_at").getAsInt()).isEqualTo(2);
  }

  @Test
  void aRunThatWasKilledAtItsVeryBeginningCanBeBegunAgain() throws IOException {
    Path output = Files.createDirectory(place.output("begun"));
    Files.writeString(output.resolve(".training.json.writing"), "{");

    Said said = place.train("begun", AS_USUAL, "--resume");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(place.model("begun")).isEqualTo(place.model("reference"));
  }

  @Test
  void anUnfinishedRunIsRefusedWithoutResume() throws IOException {
    place.interrupt("reference", "unfinished");

    Said said = place.train("unfinished", AS_USUAL);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "Cannot train into output.path = file:" + place.output("unfinished"),
            "an unfinished run is there, at iteration 2. Add --resume to go on with it, or delete"
                + " the folder");
  }

  @Test
  void resumingWithAnotherSettingIsRefusedBeforeAnyImageIsCopied() throws IOException {
    place.interrupt("reference", "other-batch");

    Said said = place.train("other-batch", Map.of("train.batch-size", "4"), "--resume");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("Cannot go on with the unfinished run: train.batch-size is 4, and was 8");
    assertThat(place.spool("other-batch")).doesNotExist();
  }

  @Test
  void resumingWithChangedImagesIsRefusedAndTheirCopiesDoNotStay() throws IOException {
    place.interrupt("reference", "other-images");
    Path more = place.training().resolve("red/more.png");
    Files.copy(place.training().resolve("red/0.png"), more);

    Said said;
    try {
      said = place.train("other-images", AS_USUAL, "--resume");
    } finally {
      Files.delete(more);
    }

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("Cannot go on with the unfinished run: images_sha256 is ");
    assertThat(place.output("other-images").resolve("model.pth.tar")).doesNotExist();
    assertThat(place.spool("other-images")).isEmptyDirectory();
  }

  @Test
  void aFinishedRunIsRefusedEvenWithResume() throws IOException {
    byte[] before = place.model("reference");

    Said said = place.train("reference", AS_USUAL, "--resume");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "Cannot write to output.path = file:" + place.output("reference"),
            "a finished run is there. Name a new folder, or delete it");
    assertThat(place.model("reference")).isEqualTo(before);
  }

  @Test
  void aFolderWithOtherFilesIsRefusedAndLeftAlone() throws IOException {
    Path output = Files.createDirectory(place.output("taken"));
    Files.writeString(output.resolve("precious.txt"), "mine");

    Said said = place.train("taken", AS_USUAL, "--resume");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("it already holds files. Name a new folder, or delete it");
    assertThat(TrainingPlace.files(output)).containsExactly("precious.txt");
  }

  @Test
  void frozenStagesKeepTheStartsWeightsAndOtherClassesGetANewLinearLayer() throws IOException {
    Path images = folder.resolve("warmth");
    ColourImages.draw(images.resolve("cold"), Color.CYAN, 8, 1);
    ColourImages.draw(images.resolve("warm"), Color.ORANGE, 8, 2);
    Path start = place.output("reference").resolve("model.pth.tar");

    Said said =
        place.train(
            "tuned",
            Map.of(
                "input.path", images.toString(),
                "validation.path", "",
                "model.path", start.toString(),
                "image.input-size", "0",
                "train.freeze-before", "stage4"));

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains(
            start + " of 3 classes; the linear layer starts anew, for it was of other classes",
            "for 2 classes, images of 32 x 32");
    assertThat(place.record("tuned").get("averaged_statistics").isJsonNull()).isTrue();
    assertFrozenBeforeStage4(tensors("reference"), tensors("tuned"));
  }

  private static void assertFrozenBeforeStage4(
      Map<String, Tensor> start, Map<String, Tensor> tuned) {
    assertThat(tuned).containsOnlyKeys(start.keySet());
    assertThat(start)
        .allSatisfy(
            (name, tensor) -> {
              if (isBeforeStage4(name)) {
                assertThat(tuned.get(name)).as(name).isEqualTo(tensor);
              } else {
                assertThat(tuned.get(name)).as(name).isNotEqualTo(tensor);
              }
            });
    assertThat(tuned.get("classifier.0.weight").shape()).containsExactly(2, 480);
  }

  /** Stages 2 and 3 have 4 and 8 units. */
  private static boolean isBeforeStage4(String tensor) {
    return tensor.startsWith("first_conv.") || tensor.matches("features\\.([0-9]|1[01])\\..*");
  }

  private static Map<String, Tensor> tensors(String output) throws IOException {
    return Checkpoint.read(place.model(output), output).tensors();
  }

  @Test
  void imagesWithoutLabelsAreRefused() throws IOException {
    Path images = folder.resolve("flat");
    ColourImages.draw(images, Color.RED, 3, 1);

    Said said = place.train("unlabelled", Map.of("input.path", images.toString()));

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("Cannot train on", "it has no labels");
    assertNothingIsLeft("unlabelled");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    Path images = folder.resolve("single");
    ColourImages.draw(images.resolve("red"), Color.RED, 3, 1);

    Said said = place.train("one-class", Map.of("input.path", images.toString()));

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("there is one class, and training takes at least 2");
    assertNothingIsLeft("one-class");
  }

  @Test
  void aValidationLabelThatIsNoClassIsRefused() throws IOException {
    Path images = folder.resolve("strange");
    ColourImages.draw(images.resolve("red"), Color.RED, 2, 1);
    ColourImages.draw(images.resolve("violet"), Color.MAGENTA, 2, 1);

    Said said = place.train("strange-label", Map.of("validation.path", images.toString()));

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("Cannot use validation.path = " + images, "violet");
    assertNothingIsLeft("strange-label");
  }

  @Test
  void aValidationSetWithoutAReadableImageIsRefusedAndNoCopyStays() throws IOException {
    Path images = Files.createDirectories(folder.resolve("unreadable/red"));
    Files.writeString(images.resolve("broken.png"), "no image");

    Said said =
        place.train("unreadable-set", Map.of("validation.path", images.getParent().toString()));

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("no image with a label could be read", "broken.png");
    assertNothingIsLeft("unreadable-set");
  }

  @Test
  void anOutputInsideTheValidationSetIsRefused() {
    Said said = place.train("validation/out", AS_USUAL);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("it and validation.path = " + place.validation() + " lie in one another");
  }

  private static void assertNothingIsLeft(String output) throws IOException {
    assertThat(place.output(output)).doesNotExist();
    assertThat(TrainingPlace.files(place.spool(output))).isEmpty();
  }
}
