package io.shufflenet.spark.job;

import com.google.gson.JsonParser;
import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.inference.CheckpointFile;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.job.TrainCommand.Existing;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.training.MetricsTable;
import io.shufflenet.spark.training.Spool;
import io.shufflenet.spark.training.Trainer;
import io.shufflenet.spark.training.TrainingFolder;
import io.shufflenet.spark.training.TrainingListener;
import io.shufflenet.spark.training.TrainingPlan;
import io.shufflenet.spark.training.TrainingResult;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.SparkSession;

/** What train does: validate, copy the images, train, save, tell. */
final class TrainingJob {
  private static final int DONE = 0;

  private final TrainJobSettings settings;
  private final Existing existing;
  private final Configuration hadoop;
  private final RunName name = RunName.now();

  TrainingJob(TrainJobSettings settings, Existing existing, Configuration hadoop) {
    this.settings = settings;
    this.existing = existing;
    this.hadoop = hadoop;
  }

  /** What is known before the first image is read. */
  private record Plan(ComputeDevice device, TrainingSets sets, StartingPoint start) {}

  /**
   * @return the exit code
   * @throws IllegalArgumentException if the settings do not serve; nothing was written then
   * @throws IOException if the run failed; it can go on from its newest checkpoint
   */
  int run() throws IOException {
    name.markLogs();
    TrainingFolder folder =
        TrainingFolder.of(hadoop, HadoopPath.named(hadoop, "output.path", settings.outputPath()));
    requireWanted(folder);
    Optional<LoadedModel> loaded = Optional.empty();
    if (settings.modelPath().isPresent()) {
      loaded = Optional.of(CheckpointFile.read(hadoop, "model.path", settings.modelPath().get()));
    }
    try (SparkSession spark = SparkSession.builder().getOrCreate();
        Progress progress = new Progress()) {
      name.markJobs(spark.sparkContext(), "look at the images and their labels");
      progress.step(() -> "looking at the images and their labels");
      Plan plan = plan(spark, loaded, folder);
      TrainingSummary summary = new TrainingSummary(progress);
      summary.tellSets(plan.sets(), settings);
      summary.tellNetwork(plan.start(), plan.device(), folder.output());
      name.markJobs(spark.sparkContext(), "copy the images");
      try (TrainingImages images = spools(plan, folder, progress).copy(plan.sets())) {
        return train(spark, plan, folder, images, progress);
      }
    }
  }

  private void requireWanted(TrainingFolder folder) throws IOException {
    if (folder.course().isPresent() && existing == Existing.REFUSE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot train into output.path = %s: an unfinished run is there, at iteration %,d."
                  + " Add --resume to go on with it, or delete the folder",
              folder.output(),
              folder.iteration()));
    }
  }

  private Plan plan(SparkSession spark, Optional<LoadedModel> loaded, TrainingFolder folder)
      throws IOException {
    requireApart(folder);
    List<String> modelNames = loaded.map(LoadedModel::classNames).orElse(List.of());
    TrainingSets sets = TrainingSets.open(spark, settings, modelNames, hadoop);
    StartingPoint start =
        StartingPoint.of(settings, loaded, sets.labels().classes(), sets.labels().names());
    settings.training().requireFitting(start.description().preprocessing());
    Plan plan = new Plan(device(spark), sets, start);
    Optional<String> earlier = folder.course();
    if (earlier.isPresent()) { // told before hours of copying
      course(plan).requireSame(TrainingCourse.parse(earlier.get()).withoutImages());
    }
    return plan;
  }

  private void requireApart(TrainingFolder folder) {
    InputAndOutput.requireApart(hadoop, "input.path", settings.input(), folder.output());
    settings
        .validation()
        .ifPresent(
            validation ->
                InputAndOutput.requireApart(
                    hadoop, "validation.path", validation, folder.output()));
  }

  private TrainingCourse course(Plan plan) {
    return TrainingCourse.of(
        Redaction.redact(settings.course()),
        plan.start().weights().sha256(),
        plan.start().weights().classes(),
        plan.start().description());
  }

  private ComputeDevice device(SparkSession spark) {
    ResourceInformation assigned =
        spark.sparkContext().resources().get("gpu").getOrElse(() -> null);
    return ComputeDevice.ofDriver(
        settings.device(), assigned == null ? List.of() : List.of(assigned.addresses()));
  }

  private TrainingSpools spools(Plan plan, TrainingFolder folder, Progress progress)
      throws IOException {
    return new TrainingSpools(
        folder.output().toString(),
        settings,
        new ImageReader(hadoop, settings.maxBytes()),
        new ImageDecoder(
            plan.start().description().preprocessing(),
            settings.orientation(),
            settings.maxPixels()),
        folder.course().isPresent(),
        progress);
  }

  private int train(
      SparkSession spark,
      Plan plan,
      TrainingFolder folder,
      TrainingImages images,
      Progress progress)
      throws IOException {
    TrainingSummary summary = new TrainingSummary(progress);
    summary.tellImages(images);
    Optional<String> refusal = tooManyFailures(images);
    if (refusal.isPresent()) {
      progress.close();
      images.delete();
      progress.print("Exit code " + Main.TOO_MANY_FAILURES + ": " + refusal.get());
      return Main.TOO_MANY_FAILURES;
    }
    boolean goesOn = begin(folder, plan, images);
    long resumedAt = folder.iteration();
    if (goesOn) {
      summary.tellIteration(resumedAt);
    }
    name.markJobs(spark.sparkContext(), "write the metrics");
    TrainingProgress line = new TrainingProgress(settings.training(), progress);
    progress.step(line);
    TrainingResult result = trainOrFail(spark, trainingPlan(plan, images), folder, line);
    progress.close();
    folder.complete(Redaction.redact(record(spark, plan, images, resumedAt, result).json()));
    images.delete();
    summary.tellResult(result, new Path(folder.output(), TrainingFolder.MODEL));
    return DONE;
  }

  /** What goes wrong from here on is no question of wrong usage. */
  private static TrainingResult trainOrFail(
      SparkSession spark, TrainingPlan plan, TrainingFolder folder, TrainingListener listener)
      throws IOException {
    try {
      return Trainer.train(plan, folder, new MetricsTable(spark, folder), listener);
    } catch (IllegalArgumentException | CheckpointException e) {
      throw new IOException("Cannot finish the run", e);
    }
  }

  private Optional<String> tooManyFailures(TrainingImages images) {
    if (images.failed() <= settings.maxFailureRate() * images.images()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d images cannot be read, more than max-failure-rate = %s allows; nothing was"
                + " trained",
            images.failed(),
            images.images(),
            settings.maxFailureRate()));
  }

  /**
   * Writes down what the run is, or sees that it is the one that was interrupted.
   *
   * @return whether it is
   */
  private boolean begin(TrainingFolder folder, Plan plan, TrainingImages images)
      throws IOException {
    TrainingCourse course = course(plan).withImages(images.fingerprints());
    Optional<String> earlier = folder.course();
    if (earlier.isPresent()) {
      requireWanted(folder); // another run may have begun there meanwhile
      requireSame(course, TrainingCourse.parse(earlier.get()), images);
    } else {
      folder.begin(course.json());
    }
    return earlier.isPresent();
  }

  /** Copies of other images must not stay: the next attempt would take them for the run's own. */
  private static void requireSame(
      TrainingCourse course, TrainingCourse earlier, TrainingImages images) throws IOException {
    try {
      course.requireSame(earlier);
    } catch (IllegalArgumentException e) {
      images.delete();
      throw e;
    }
  }

  private TrainingPlan trainingPlan(Plan plan, TrainingImages images) {
    return new TrainingPlan(
        settings.training(),
        plan.start().weights(),
        plan.start().description(),
        plan.device(),
        settings.orientation(),
        settings.maxPixels(),
        images.training(),
        images.validation());
  }

  private TrainingRecord record(
      SparkSession spark, Plan plan, TrainingImages images, long resumedAt, TrainingResult result) {
    StartingPoint start = plan.start();
    return new TrainingRecord(
        "train",
        name.id(),
        name.startedAt(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        resumedAt,
        start.note(),
        start.weights().sha256(),
        start.weights().architecture().name(),
        start.weights().classes(),
        start.description().preprocessing().cropSize(),
        plan.device().toString(),
        Versions.project(),
        spark.version(),
        Stream.concat(Stream.of(images.training()), images.validation().stream())
            .map(Spool::statistics)
            .toList(),
        result.running().orElse(null),
        result.averaged().orElse(null),
        DONE,
        JsonParser.parseString(settings.json()).getAsJsonObject());
  }
}
