package io.shufflenet.spark.training;

import static io.shufflenet.spark.training.SmallTraining.BATCH;
import static io.shufflenet.spark.training.SmallTraining.CLASSES;
import static io.shufflenet.spark.training.SmallTraining.IMAGES;
import static io.shufflenet.spark.training.SmallTraining.ITERATIONS;
import static io.shufflenet.spark.training.SmallTraining.LAST_CHECKPOINT;
import static io.shufflenet.spark.training.SmallTraining.MODEL;
import static io.shufflenet.spark.training.SmallTraining.RATE;
import static io.shufflenet.spark.training.SmallTraining.SEED;
import static io.shufflenet.spark.training.SmallTraining.VALIDATION_IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.checkpoint.Checkpoint;
import io.shufflenet.spark.image.Augmentation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind, tells and refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainerIT {
  @TempDir private static Path folder;
  private final Heard heard = new Heard();
  private SmallTraining runs;
  private Path reference;
  private TrainingResult result;

  @BeforeAll
  void train() throws IOException {
    runs = new SmallTraining(folder);
    reference = folder.resolve("reference");
    result = runs.train(reference, runs.plan(SEED), heard);
  }

  @AfterAll
  void close() throws IOException {
    runs.close();
  }

  @Test
  void leavesCheckpointsMetricsAndTheModel() throws IOException {
    assertThat(names(reference))
        .containsExactlyInAnyOrder(
            "training.json", "checkpoints", "metrics", MODEL, MODEL + ".json");
    assertThat(names(reference.resolve("checkpoints")))
        .containsExactlyInAnyOrder(
            "checkpoint-000004.pth.tar",
            "checkpoint-000004.pth.tar.json",
            "checkpoint-000008.pth.tar",
            "checkpoint-000008.pth.tar.json",
            "checkpoint-000012.pth.tar",
            "checkpoint-000012.pth.tar.json");
    assertThat(names(reference.resolve("metrics")))
        .containsExactlyInAnyOrder("checkpoint=4", "checkpoint=8", "checkpoint=12");
  }

  /** Without the file system's checksums, which are hidden. */
  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  @Test
  void describesTheModelBesideIt() throws IOException {
    byte[] file = Files.readAllBytes(reference.resolve(MODEL + ".json"));

    assertThat(ModelDescription.read(file, MODEL)).isEqualTo(runs.plan(SEED).description());
  }

  @Test
  void theModelDiffersFromTheLastCheckpointInStatisticsAlone() throws IOException {
    Weights model = weights(MODEL);
    Weights last = weights(LAST_CHECKPOINT);

    assertThat(model.classes()).isEqualTo(CLASSES);
    model
        .tensors()
        .forEach(
            (name, tensor) -> {
              boolean statistic = name.contains(".running_") || name.endsWith("_tracked");
              assertThat(tensor.equals(last.tensors().get(name))).as(name).isEqualTo(!statistic);
            });
  }

  private Weights weights(String name) throws IOException {
    return Weights.read(Files.readAllBytes(reference.resolve(name)), name);
  }

  @Test
  void aCheckpointTellsItsIteration() throws IOException {
    byte[] file = Files.readAllBytes(reference.resolve(LAST_CHECKPOINT));

    assertThat(Checkpoint.section(file, LAST_CHECKPOINT, "training").get("iteration").toLong())
        .isEqualTo(12);
    assertThat(SmallTraining.folder(reference).iteration()).isEqualTo(12);
  }

  @Test
  void metricsHaveTheirColumns() {
    assertThat(runs.metrics(reference).columns())
        .containsExactly(
            "iteration",
            "epoch",
            "learning_rate",
            "loss",
            "accuracy",
            "images_per_second",
            "validation_top1",
            "validation_top5",
            "validation_nll",
            "checkpoint");
  }

  @Test
  void aRowStandsWhereSomethingIsDue() {
    List<Row> rows =
        runs.metrics(reference)
            .selectExpr("iteration", "checkpoint", "validation_top1 IS NOT NULL")
            .collectAsList();

    assertThat(rows)
        .containsExactly(
            RowFactory.create(4L, 4, false),
            RowFactory.create(5L, 8, false),
            RowFactory.create(6L, 8, true),
            RowFactory.create(8L, 8, false),
            RowFactory.create(10L, 12, false),
            RowFactory.create(12L, 12, true));
  }

  @Test
  void aRowTellsWhatWasMeasured() {
    List<Row> rows = runs.metrics(reference).collectAsList();

    assertThat(rows).hasSameSizeAs(heard.measured);
    for (int index = 0; index < rows.size(); index++) {
      requireRow(rows.get(index), heard.measured.get(index));
    }
  }

  private static void requireRow(Row row, Metrics measured) {
    assertThat(row.<Long>getAs("iteration")).isEqualTo(measured.iteration());
    assertThat(row.<Double>getAs("epoch")).isEqualTo(measured.epoch());
    assertThat(row.<Double>getAs("learning_rate")).isEqualTo(measured.learningRate());
    assertThat(row.<Double>getAs("loss")).isEqualTo(measured.loss());
    assertThat(row.<Double>getAs("accuracy")).isEqualTo(measured.accuracy());
    assertThat(row.<Double>getAs("images_per_second")).isEqualTo(measured.imagesPerSecond());
    Optional<Validation> validated = measured.validation();
    assertThat(row.<Double>getAs("validation_top1"))
        .isEqualTo(validated.map(Validation::top1).orElse(null));
    assertThat(row.<Double>getAs("validation_top5")).isNull(); // three classes
    assertThat(row.<Double>getAs("validation_nll"))
        .isEqualTo(validated.map(Validation::nll).orElse(null));
  }

  @Test
  void tellsTheListenerOfEachIteration() {
    assertThat(heard.trained).extracting(Metrics::iteration).hasSize(ITERATIONS).isSorted();
    Metrics seventh = heard.trained.get(6);
    assertThat(seventh.iteration()).isEqualTo(7);
    assertThat(seventh.epoch()).isCloseTo(7.0 * BATCH / IMAGES, within(1e-12));
    assertThat(seventh.learningRate()).isCloseTo(RATE * 5 / 12, within(1e-12));
    assertThat(seventh.validation()).isEmpty();
  }

  @Test
  void tellsTheListenerOfTheImagesOfValidationAndAveraging() {
    assertThat(heard.validating).containsExactly(0L, 0L, 0L);
    assertThat(heard.recomputing).containsExactly(0L, (long) BATCH);
  }

  @Test
  void theResultIsTheLastCheckpointsAndTheModels() {
    Metrics last = heard.measured.get(heard.measured.size() - 1);

    assertThat(result.running()).isEqualTo(last.validation()).isPresent();
    assertThat(result.averaged()).isPresent().isNotEqualTo(result.running());
    assertThat(result.averaged().get().images()).isEqualTo(VALIDATION_IMAGES);
  }

  @Test
  void aDivergedRunSaysWhatMayHelp() {
    Path output = folder.resolve("diverged");

    assertThatIOException()
        .isThrownBy(() -> runs.train(output, runs.plan(SEED, 1e38, Optional.empty()), new Heard()))
        .withMessage(
            "Cannot go on training at iteration 2: the loss is NaN; try a lower"
                + " train.learning-rate, a train.warm-up or a train.clip-norm, in a new output folder");
  }

  @Test
  void anImageThatCannotBeReadEndsTheRun() throws IOException {
    Spool closed = runs.spool("closed", IMAGES, 100);
    TrainingPlan plan = runs.plan(SEED, RATE, Optional.of(closed));
    closed.close();

    assertThatIOException()
        .isThrownBy(() -> runs.train(folder.resolve("unreadable"), plan, new Heard()))
        .withMessage("Cannot prepare a batch of images")
        .havingCause()
        .withMessageEndingWith("the spool is closed");
  }

  @Test
  void refusesABatchTooLargeForABuffer() {
    TrainingSettings large =
        new TrainingSettings(
            683,
            1,
            RATE,
            0,
            runs.plan(SEED).settings().network(),
            Augmentation.MEGVII,
            SEED,
            1,
            1,
            1);
    Preprocessing ofLargeImages = Preprocessing.MEGVII.atSize(1024);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> runs.plan(large, ofLargeImages, Optional.empty()))
        .withMessage(
            "Cannot use train.batch-size = 683: at image.input-size = 1024 it must be at most"
                + " 682");
  }
}
