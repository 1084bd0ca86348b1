package io.shufflenet.spark.job;

import com.google.gson.JsonParser;
import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.ImageCounts;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.CheckpointFile;
import io.shufflenet.spark.inference.Inference;
import io.shufflenet.spark.inference.InferenceMetrics;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.Network;
import io.shufflenet.spark.report.JudgementText;
import io.shufflenet.spark.report.SummaryText;
import io.shufflenet.spark.results.CatalogTable;
import io.shufflenet.spark.results.ClassTable;
import io.shufflenet.spark.results.FinishedRun;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.OutputMode;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.RunFolder;
import io.shufflenet.spark.results.RunRecord;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import io.shufflenet.spark.results.RunRecord.Timing;
import io.shufflenet.spark.results.Selection;
import io.shufflenet.spark.results.Staging;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
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

  /**
   * @return the exit code
   * @throws IllegalArgumentException if the settings do not serve; nothing was written then
   * @throws IOException if the run failed; the output is as it was, but for what a run with mode
   *     {@code resume} leaves for the next one
   */
  int run() throws IOException {
    name.markLogs();
    requireMeasurable();
    RunFolder folder =
        RunFolder.open(
            hadoop,
            HadoopPath.named(hadoop, "output.path", settings.outputPath()),
            name.id(),
            settings.mode());
    LoadedModel model =
        CheckpointFile.readEither(
            hadoop,
            "model.path",
            settings.modelPath(),
            settings.preprocessing(),
            settings.inputSize());
    settings.architecture().ifPresent(model::requireArchitecture);
    try (SparkSession spark = SparkSession.builder().getOrCreate();
        Progress progress = new Progress()) {
      begin(Step.PLANNING, spark, "look at the input and its labels");
      progress.step(() -> "looking at the input and its labels");
      PredictionPlan plan =
          PredictionPlan.of(spark, settings, goal, model, hadoop, folder.output());
      folder.courses().forEach(plan.course()::requireSame);
      int exitCode = executeOrAbandon(spark, plan, folder, progress);
      if (settings.table().isPresent()) {
        write(settings.table().get(), spark, folder.output());
      }
      return exitCode;
    }
  }

  /** Last of all: what is in the table is of a run that is complete. */
  private void write(CatalogTable table, SparkSession spark, Path output) throws IOException {
    name.markJobs(spark.sparkContext(), "write the table");
    FinishedRun run = FinishedRun.require(hadoop, output, "Cannot write " + table);
    try {
      table.write(run.predictions(spark), name.id());
    } catch (IOException failure) {
      throw new IOException(
          "Cannot finish the run. The predictions are complete in %s; the same command with --mode resume writes them to the table"
              .formatted(output),
          failure);
    }
    System.out.println("Table: %s (%s)".formatted(table.name(), table.mode().label()));
  }

  private void requireMeasurable() {
    if (goal == Goal.PREDICT && settings.report().asksForAccuracy()) {
      throw new IllegalArgumentException(
          "Cannot use report.by, report.baseline or gates with predict: it measures no accuracy, as evaluate does");
    }
  }

  /**
   * Whatever ends a run early must clear up after it: Throwable, for Spark throws checked
   * exceptions that its methods do not declare.
   */
  private int executeOrAbandon(
      SparkSession spark, PredictionPlan plan, RunFolder folder, Progress progress)
      throws IOException {
    folder.begin(plan.course().facts());
    try {
      Agenda agenda = list(spark, plan, folder, progress);
      return executeListed(spark, plan, agenda, folder, progress);
    } catch (Throwable failure) {
      try {
        folder.abandon();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      requireRunning(spark.sparkContext(), failure);
      if (folder.isKept()) {
        throw new IOException(
            "Cannot finish the run. All images are predicted; the same command with --mode resume goes"
                + " on from there",
            failure);
      }
      throw failure;
    }
  }

  /** When Spark stops, what the run was at fails with whatever was missing first. */
  private static void requireRunning(SparkContext spark, Throwable failure) throws IOException {
    if (spark.isStopped()) {
      throw new IOException(
          ("Cannot go on: Spark has stopped, for %s does not answer or has ended the application;"
                  + " Spark's own lines above say why")
              .formatted(spark.master()),
          failure);
    }
  }

  private void begin(Step step, SparkSession spark, String description) {
    clock.begin(step);
    name.markJobs(spark.sparkContext(), description);
  }

  private Agenda list(SparkSession spark, PredictionPlan plan, RunFolder folder, Progress progress)
      throws IOException {
    begin(Step.LISTING, spark, "list the images");
    progress.step(
        () ->
            TaskSlots.awaited(spark.sparkContext()).orElseGet(() -> listed(plan.input().listed())));
    return Agenda.of(
        spark,
        plan.input(),
        plan.labels(),
        folder,
        settings.earlierErrors(),
        settings.needsNames());
  }

  /** What goes wrong once the images are listed is no question of wrong usage. */
  private int executeListed(
      SparkSession spark, PredictionPlan plan, Agenda agenda, RunFolder folder, Progress progress)
      throws IOException {
    try {
      return execute(spark, plan, agenda, folder, progress);
    } catch (IllegalArgumentException failure) {
      throw new IOException("Cannot finish the run", failure);
    }
  }

  private int execute(
      SparkSession spark, PredictionPlan plan, Agenda agenda, RunFolder folder, Progress progress)
      throws IOException {
    InferenceMetrics metrics = new InferenceMetrics(spark.sparkContext());
    Partitioning partitioning =
        Partitioning.of(
            agenda.missing(), agenda.bytes(), spark.sparkContext().defaultParallelism());
    Staging staging = new Staging(spark, folder, partitioning.partitionsPerBatch());
    clock.begin(Step.CHECKING);
    if (agenda.missing() > 0) {
      predict(plan, agenda, partitioning, staging, metrics, progress);
    } else {
      clock.begin(Step.PREDICTING);
    }
    int slots = TaskSlots.of(spark.sparkContext());
    GpuAssignments gpus = GpuAssignments.of(metrics, spark.sparkContext());

    begin(Step.PUBLISHING, spark, "put the predictions together");
    progress.step(() -> "writing the predictions of %,d images".formatted(agenda.total()));
    Dataset<Row> predictions = staging.compact(agenda.kept(), agenda.total(), BYTES_PER_FILE);
    ClassTable.write(spark, plan.classNames(), folder);
    folder.keep();

    begin(Step.REPORTING, spark, "count the predictions");
    progress.step(() -> "counting");
    Provenance provenance = provenance(spark, plan, folder, metrics);
    Reporting reporting = reporting(spark, plan, predictions);
    Evaluation evaluation = reporting.measure(provenance);
    Judgement judgement = Judgement.NONE;
    if (goal == Goal.EVALUATE) {
      judgement = reporting.judge(evaluation, provenance);
      name.markJobs(spark.sparkContext(), "write the report");
      progress.step(() -> "writing the report");
      Timing timing = TimeSheet.of(clock, metrics, slots, agenda.missing()).timing();
      reporting.write(
          evaluation,
          judgement,
          provenance,
          Selection.WHOLE_RUN,
          Optional.of(timing),
          folder.working("report").toString());
    }
    clock.end();
    progress.close();

    ImageCounts counts = evaluation.summary().images();
    Outcome outcome =
        Outcome.of(counts.images(), counts.failed(), settings.maxFailureRate(), judgement.gates());
    TimeSheet times = TimeSheet.of(clock, metrics, slots, agenda.missing());
    folder.publish(
        record(plan, agenda, provenance, counts, times, gpus, judgement.gates(), outcome));
    tell(plan, agenda, folder, evaluation, provenance, judgement, times, gpus, outcome);
    return outcome.exitCode();
  }

  private Reporting reporting(SparkSession spark, PredictionPlan plan, Dataset<Row> predictions) {
    return new Reporting(
        settings.report(),
        plan.baseline(),
        new Thumbnails(spark, Optional.of(plan.input()), settings.maxBytes(), settings.maxPixels()),
        Optional.empty(),
        settings.report().slicing().mark(predictions),
        plan.classNames());
  }

  private void predict(
      PredictionPlan plan,
      Agenda agenda,
      Partitioning partitioning,
      Staging staging,
      InferenceMetrics metrics,
      Progress progress)
      throws IOException {
    progress.step(() -> "predicting the check image");
    // What is left of a table is gathered: most of its partitions may have little left.
    boolean keepPartitions = plan.input().holdsContent() && agenda.kept().isEmpty();
    Dataset<Row> lazily =
        Inference.predict(
            partitioning.apply(agenda.images(), keepPartitions), plan.inference(), metrics);
    clock.begin(Step.PREDICTING);
    progress.step(new PredictionProgress(metrics, agenda.missing()));
    staging.stage(lazily);
  }

  private static String listed(long files) {
    return files == 0 ? "listing the images" : "listing: %,d files so far".formatted(files);
  }

  private RunRecord record(
      PredictionPlan plan,
      Agenda agenda,
      Provenance provenance,
      ImageCounts counts,
      TimeSheet times,
      GpuAssignments gpus,
      List<GateResult> gates,
      Outcome outcome) {
    return new RunRecord(
        goal.command(),
        provenance,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        counts.images(),
        counts.failed(),
        settings.mode().label(),
        agenda.total() - agenda.missing(),
        agenda.missing(),
        times.timing(),
        times.classifiers(),
        gpus.gpus(),
        gates,
        outcome.exitCode(),
        outcome.reasons(),
        plan.course().facts(),
        JsonParser.parseString(Redaction.redact(settings.json())).getAsJsonObject());
  }

  private void tell(
      PredictionPlan plan,
      Agenda agenda,
      RunFolder folder,
      Evaluation evaluation,
      Provenance provenance,
      Judgement judgement,
      TimeSheet times,
      GpuAssignments gpus,
      Outcome outcome) {
    PrintStream out = System.out;
    plan.lines(settings.input()).forEach(line -> out.println(Redaction.line(line)));
    out.println();
    out.print(
        goal == Goal.EVALUATE
            ? SummaryText.of(evaluation, provenance)
            : SummaryText.ofPredictions(evaluation, provenance));
    out.print(JudgementText.of(judgement.baseline(), judgement.gates()));
    out.println();
    if (settings.mode() == OutputMode.RESUME) {
      out.println(
          "Kept %,d predictions of earlier runs, made %,d"
              .formatted(agenda.total() - agenda.missing(), agenda.missing()));
    }
    if (agenda.missing() > 0) {
      out.println(new TimeSummary(times.timing(), times.classifiers()).text());
    }
    gpus.warnings().forEach(out::println);
    out.println();
    out.println(Redaction.line("Results: " + folder.output()));
    if (goal == Goal.EVALUATE) {
      out.println(Redaction.line("Report: " + new Path(folder.output(), "report/report.html")));
    }
    outcome
        .reasons()
        .forEach(reason -> out.println("Exit code " + outcome.exitCode() + ": " + reason));
  }

  private Provenance provenance(
      SparkSession spark, PredictionPlan plan, RunFolder folder, InferenceMetrics metrics) {
    Network network = plan.inference().network();
    Preprocessing preprocessing = plan.inference().preprocessing();
    return new Provenance(
        name.id(),
        name.startedAt(),
        plan.inputName(),
        Redaction.redact(HadoopPath.named(hadoop, "model.path", settings.modelPath()).toString()),
        network.sha256(),
        network.name(),
        network.classes(),
        plan.inference().scoredClasses(),
        plan.inference().temperature(),
        preprocessing.name(),
        preprocessing.cropSize(),
        settings.orientation().label(),
        backends(folder, metrics),
        Versions.project(),
        spark.version());
  }

  /** What computed, each kind once: executors may differ, and the run whose rows are kept. */
  private static String backends(RunFolder folder, InferenceMetrics metrics) {
    Stream<String> earlier =
        folder.earlier().map(run -> run.precision().split(", ")).stream().flatMap(Stream::of);
    return Stream.concat(earlier, metrics.work().keySet().stream().map(LoadedClassifier::backend))
        .filter(backend -> !backend.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
