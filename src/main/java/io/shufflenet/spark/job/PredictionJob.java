package io.shufflenet.spark.job;

import com.google.gson.JsonParser;
import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.ImageCounts;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.Inference;
import io.shufflenet.spark.inference.InferenceMetrics;
import io.shufflenet.spark.inference.InferenceSettings;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.Network;
import io.shufflenet.spark.report.ReportWriter;
import io.shufflenet.spark.report.SummaryText;
import io.shufflenet.spark.results.ClassTable;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.RunFolder;
import io.shufflenet.spark.results.RunRecord;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import io.shufflenet.spark.results.Staging;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What predict and evaluate do: validate, list, predict, publish, measure, tell. */
final class PredictionJob {
  private static final long BYTES_PER_FILE = 128L << 20;

  private final JobSettings settings;
  private final Goal goal;
  private final Configuration hadoop;
  private final StepClock clock = new StepClock();
  private final RunName name = RunName.now();

  PredictionJob(JobSettings settings, Goal goal, Configuration hadoop) {
    this.settings = settings;
    this.goal = goal;
    this.hadoop = hadoop;
  }

  /** What is known before the first image is listed. */
  private record Plan(
      ImageInput input, Labels labels, InferenceSettings inference, boolean described) {
    List<String> classNames() {
      return ClassTable.names(inference.classNames(), inference.network().classes());
    }

    String preprocessing() {
      Preprocessing preprocessing = inference.preprocessing();
      int size = preprocessing.cropSize();
      return "%s, %s x %s".formatted(preprocessing.name(), size, size);
    }
  }

  /**
   * @return the exit code
   * @throws IllegalArgumentException if the settings do not serve; nothing was written then
   * @throws IOException if the run failed; what it wrote is removed, but for what it had published
   */
  int run() throws IOException {
    RunFolder folder =
        RunFolder.of(hadoop, Hadoop.path(hadoop, "output.path", settings.outputPath()), name.id());
    LoadedModel model =
        CheckpointFile.readEither(
            hadoop, settings.modelPath(), settings.preprocessing(), settings.inputSize());
    settings.architecture().ifPresent(model::requireArchitecture);
    try (SparkSession spark = SparkSession.builder().getOrCreate();
        Progress progress = new Progress()) {
      clock.begin(Step.PLANNING);
      progress.step(() -> "looking at the input and its labels");
      Plan plan = plan(spark, model, folder);
      return executeOrDiscard(spark, plan, folder, progress);
    }
  }

  /**
   * Whatever ends a run early must clear up after it: Throwable, for Spark throws checked
   * exceptions that its methods do not declare.
   */
  private int executeOrDiscard(SparkSession spark, Plan plan, RunFolder folder, Progress progress)
      throws IOException {
    folder.create();
    try {
      return execute(spark, plan, folder, progress);
    } catch (Throwable failure) {
      try {
        folder.discard();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      if (failure instanceof IllegalArgumentException) { // no longer a question of wrong usage
        throw new IOException("Cannot finish the run", failure);
      }
      throw failure;
    }
  }

  /** Without a cluster the driver's devices are the tasks', and what is missing is found here. */
  private void requireDevice(SparkSession spark) {
    if (spark.sparkContext().isLocal()) {
      settings.precision().requireOn(ComputeDevice.resolve(settings.device(), List.of()));
    }
  }

  private Plan plan(SparkSession spark, LoadedModel model, RunFolder folder) throws IOException {
    requireDevice(spark);
    InputAndOutput.requireApart(hadoop, "input.path", settings.input(), folder.output());
    ImageInput input = ImageInput.open(spark, settings.input(), PredictionSchema.reservedNames());
    Labels labels = labels(input, model);
    InferenceSettings inference =
        new InferenceSettings(
            model.network(),
            labels.names(),
            model.preprocessing(settings.preprocessing(), settings.inputSize()),
            settings.orientation(),
            settings.device(),
            settings.precision(),
            settings.topK(),
            settings.scores(),
            settings.maxPixels(),
            settings.maxBytes());
    inference.decoder(); // loads OpenCV: a host that cannot is told so before it lists anything
    return new Plan(input, labels, inference, model.description().isPresent());
  }

  private Labels labels(ImageInput input, LoadedModel model) throws IOException {
    return Labels.resolve(
        input,
        settings.classNames(),
        model.classNames(),
        hadoop,
        model.network().classes(),
        goal.labels());
  }

  private int execute(SparkSession spark, Plan plan, RunFolder folder, Progress progress)
      throws IOException {
    clock.begin(Step.LISTING);
    progress.step(() -> listed(plan.input().listed()));
    Dataset<Row> images = plan.labels().index(listing(spark, plan.input(), folder));
    long total = images.count();
    if (total == 0) {
      throw new IOException("Cannot predict: the images are gone since they were first looked for");
    }

    clock.begin(Step.CHECKING);
    progress.step(() -> "predicting the check image");
    InferenceMetrics metrics = new InferenceMetrics(spark.sparkContext());
    Partitioning partitioning = Partitioning.of(total, spark.sparkContext().defaultParallelism());
    Dataset<Row> lazily =
        Inference.predict(
            partitioning.apply(images, plan.input().holdsContent()), plan.inference(), metrics);

    clock.begin(Step.PREDICTING);
    progress.step(new PredictionProgress(metrics, total));
    Staging staging = new Staging(spark, folder, partitioning.partitionsPerBatch());
    staging.stage(lazily);
    int slots = TaskSlots.of(spark.sparkContext());
    GpuAssignments gpus = GpuAssignments.of(metrics, spark.sparkContext());

    clock.begin(Step.PUBLISHING);
    progress.step(() -> "publishing the predictions of %,d images".formatted(total));
    Dataset<Row> predictions = staging.publish(total, BYTES_PER_FILE);
    ClassTable.write(spark, plan.classNames(), folder);

    clock.begin(Step.REPORTING);
    progress.step(() -> "counting");
    Evaluation evaluation = Evaluation.of(predictions, plan.classNames());
    Provenance provenance = provenance(spark, plan, metrics);
    if (goal == Goal.EVALUATE) {
      ReportWriter.write(spark, evaluation, provenance, folder.working("report").toString());
      folder.publish("report");
    }
    clock.end();
    progress.close();

    ImageCounts counts = evaluation.summary().images();
    Outcome outcome = Outcome.of(counts.images(), counts.failed(), settings.maxFailureRate());
    TimeSheet times = TimeSheet.of(clock, metrics, slots, total);
    folder.publishText("run.json", record(provenance, counts, times, gpus, outcome).json());
    folder.clean();
    tell(plan, folder, evaluation, provenance, times, gpus, outcome);
    return outcome.exitCode();
  }

  private static String listed(long files) {
    return files == 0 ? "listing the images" : "listing: %,d files so far".formatted(files);
  }

  /**
   * The rows to predict. A folder's are written down first: later steps see one listing, whatever
   * changes meanwhile.
   */
  private static Dataset<Row> listing(SparkSession spark, ImageInput input, RunFolder folder) {
    if (input.holdsContent()) {
      return input.rows();
    }
    String manifest = folder.working("manifest").toString();
    input.rows().write().parquet(manifest);
    return spark.read().parquet(manifest);
  }

  private RunRecord record(
      Provenance provenance,
      ImageCounts counts,
      TimeSheet times,
      GpuAssignments gpus,
      Outcome outcome) {
    return new RunRecord(
        goal.command(),
        provenance,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        counts.images(),
        counts.failed(),
        times.timing(),
        times.classifiers(),
        gpus.gpus(),
        outcome.exitCode(),
        outcome.reasons(),
        JsonParser.parseString(Redaction.redact(settings.json())).getAsJsonObject());
  }

  private void tell(
      Plan plan,
      RunFolder folder,
      Evaluation evaluation,
      Provenance provenance,
      TimeSheet times,
      GpuAssignments gpus,
      Outcome outcome) {
    PrintStream out = System.out;
    out.println(plan.input().describe());
    if (settings.input().limit() > 0) {
      out.println(
          "A sample of at most %,d of its images (input.limit), seed %d"
              .formatted(settings.input().limit(), settings.input().seed()));
    }
    plan.labels().note().ifPresent(out::println);
    if (plan.described()) {
      out.println("A file beside the checkpoint was read; preprocessing " + plan.preprocessing());
    }
    out.println();
    out.print(
        goal == Goal.EVALUATE
            ? SummaryText.of(evaluation, provenance)
            : SummaryText.ofPredictions(evaluation, provenance));
    out.println();
    out.println(new TimeSummary(times.timing(), times.classifiers()).text());
    gpus.warnings().forEach(out::println);
    out.println();
    out.println("Results: " + folder.output());
    outcome
        .reasons()
        .forEach(reason -> out.println("Exit code " + outcome.exitCode() + ": " + reason));
  }

  /** Fully qualified, but for a catalog table. */
  private String inputName() {
    String path = settings.input().path();
    return settings.input().isCatalogTable()
        ? path
        : Hadoop.path(hadoop, "input.path", path).toString();
  }

  private Provenance provenance(SparkSession spark, Plan plan, InferenceMetrics metrics) {
    Network network = plan.inference().network();
    Preprocessing preprocessing = plan.inference().preprocessing();
    return new Provenance(
        name.id(),
        name.startedAt(),
        Redaction.redact(inputName()),
        Redaction.redact(Hadoop.path(hadoop, "model.path", settings.modelPath()).toString()),
        network.sha256(),
        network.name(),
        network.classes(),
        preprocessing.name(),
        preprocessing.cropSize(),
        settings.orientation().label(),
        backends(metrics),
        Versions.project(),
        spark.version());
  }

  /** What computed, each kind once: executors may differ. */
  private static String backends(InferenceMetrics metrics) {
    return metrics.work().keySet().stream()
        .map(LoadedClassifier::backend)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
