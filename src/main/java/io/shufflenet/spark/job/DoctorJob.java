package io.shufflenet.spark.job;

import io.shufflenet.spark.demo.DemoImages;
import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.InferenceSettings;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.Trial;
import io.shufflenet.spark.inference.TrialExamination;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** What doctor does: wait for the executors, examine them in three visits, judge, tell. */
final class DoctorJob {
  private final DoctorSettings settings;
  private final Configuration hadoop;
  private final PrintWriter out;

  DoctorJob(DoctorSettings settings, Configuration hadoop, PrintWriter out) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.out = out;
  }

  /**
   * @return the exit code
   * @throws IOException if there are no executors
   */
  int run() throws IOException {
    InferenceSettings inference = settings.inference(hadoop);
    DoctorPlan plan = DoctorPlan.of(new SparkConf());
    SparkSession.Builder builder = SparkSession.builder();
    plan.overrides().forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate();
        Progress progress = new Progress()) {
      return examine(spark.sparkContext(), plan, inference, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot examine the executors: interrupted", e);
    }
  }

  private int examine(
      SparkContext context, DoctorPlan plan, InferenceSettings inference, Progress progress)
      throws IOException, InterruptedException {
    progress.step(() -> "waiting for executors");
    List<DoctorExecutor> executors = DoctorExecutor.await(context, plan.executors());
    if (executors.isEmpty()) {
      throw new IOException(
          "Cannot examine executors: none has come that was asked for %s. A worker that has less starts none; Spark's lines above, or the cluster manager's web page, tell why"
              .formatted(TaskSlots.size(context.getConf())));
    }
    DoctorVisits visits = new DoctorVisits(context);
    progress.step(() -> "looking at " + counted(executors.size()));
    Map<String, Finding<Surroundings>> surroundings = visits.visit(executors, Surroundings::here);

    progress.step(() -> "loading native libraries");
    Map<String, Finding<Natives>> natives = new LinkedHashMap<>();
    DoctorFolders folders = new DoctorFolders(surroundings);
    for (List<DoctorExecutor> round : folders.rounds(answering(executors, surroundings))) {
      natives.putAll(visits.visit(round, Natives::here));
    }

    Natives ownNatives = Natives.here();
    Map<String, Finding<Trial>> trials = new LinkedHashMap<>();
    if (ownNatives.areLoaded()) {
      progress.step(() -> "predicting the check image, and measuring");
      trials.putAll(
          visits.visit(
              answering(executors, natives),
              TrialExamination.of(context, inference, DemoImages.photograph())));
    }
    progress.close();

    List<DoctorCheckup> checkups =
        executors.stream()
            .map(
                executor ->
                    new DoctorCheckup(
                        executor,
                        surroundings.get(executor.id()),
                        natives.getOrDefault(executor.id(), Finding.none()),
                        trials.getOrDefault(executor.id(), Finding.none())))
            .toList();
    return tell(context, plan, inference, checkups, ownNatives);
  }

  /** Those that gave an answer when they were last asked. */
  private static <T extends Serializable> List<DoctorExecutor> answering(
      List<DoctorExecutor> executors, Map<String, Finding<T>> answers) {
    return executors.stream()
        .filter(executor -> answers.getOrDefault(executor.id(), Finding.none()).isFound())
        .toList();
  }

  private int tell(
      SparkContext context,
      DoctorPlan plan,
      InferenceSettings inference,
      List<DoctorCheckup> checkups,
      Natives ownNatives) {
    DoctorMemory memory = DoctorMemory.of(context.getConf(), settings.maxPixels());
    DoctorJudgement judgement = new DoctorJudgement(checkups, memory);
    DoctorReport report = new DoctorReport(memory);
    for (DoctorCheckup checkup : checkups) {
      report
          .line(checkup, judgement.executorsOfHost(checkup))
          .faults("executor " + checkup.executor().id(), judgement.faults(checkup));
    }
    if (!context.isLocal()) {
      report
          .faults("the driver", DoctorJudgement.loading(driver(ownNatives)))
          .faults("the cluster", missing(plan, checkups.size()));
    }

    tellWhatOf(context, plan, inference, checkups.size());
    out.println();
    report.lines().forEach(out::println);
    out.println();
    out.println(report.isWell() ? "All is well." : "There are faults.");
    out.flush();
    return report.isWell() ? 0 : Main.FAILED;
  }

  private void tellWhatOf(
      SparkContext context, DoctorPlan plan, InferenceSettings inference, int executors) {
    out.println(
        "%s of %s, Spark %s; %s%s, device %s, precision %s"
            .formatted(
                counted(executors),
                context.master(),
                context.version(),
                inference.network().name(),
                settings.modelPath().isPresent() ? "" : " (untrained)",
                settings.device().label(),
                settings.precision().label()));
    if (plan.dynamic()) {
      out.println(
          "Dynamic allocation was turned off for this; a job may get fewer executors, or others");
    }
  }

  private static String counted(int executors) {
    return executors + (executors == 1 ? " executor" : " executors");
  }

  private static DoctorCheckup driver(Natives natives) {
    return new DoctorCheckup(
        new DoctorExecutor(DoctorExecutor.DRIVER, "", 0),
        Finding.of(Surroundings.here()),
        Finding.of(natives),
        Finding.none());
  }

  private static List<DoctorFault> missing(DoctorPlan plan, int present) {
    if (plan.dynamic() || plan.executors().orElse(0) <= present) {
      return List.of();
    }
    return List.of(
        new DoctorFault(
            "%d of %d executors are there".formatted(present, plan.executors().getAsInt()),
            "the cluster manager's web page tells what the others wait for"));
  }
}
