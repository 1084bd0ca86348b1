package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.ComparisonGates;
import io.shufflenet.spark.evaluation.comparison.PairedRuns;
import io.shufflenet.spark.evaluation.comparison.RunPredictions;
import io.shufflenet.spark.job.CompareSettings.Pairing;
import io.shufflenet.spark.report.ComparisonText;
import io.shufflenet.spark.report.ComparisonWriter;
import io.shufflenet.spark.report.JudgementText;
import io.shufflenet.spark.results.FinishedRun;
import io.shufflenet.spark.results.GateResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What compare does: measure each run, join them with the first, write, judge, tell. */
final class CompareJob {
  private static final int MOST_RUNS = 26;

  private final CompareSettings settings;
  private final List<String> paths;
  private final Configuration hadoop;
  private final RunName name = RunName.now();
  private final List<ComparedRun> runs = new ArrayList<>();
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<GateResult> gates = new ArrayList<>();

  /**
   * @param paths folders of finished runs, at least one
   */
  CompareJob(CompareSettings settings, List<String> paths, Configuration hadoop) {
    this.settings = settings;
    this.paths = List.copyOf(paths);
    this.hadoop = hadoop;
  }

  /**
   * @return the exit code
   * @throws IllegalArgumentException if the settings or the runs do not serve; nothing was written
   *     then
   * @throws IOException if the comparison failed; what it wrote is removed
   */
  int run() throws IOException {
    name.markLogs();
    Path output = HadoopPath.named(hadoop, "output.path", settings.outputPath());
    NewFolder folder = NewFolder.of(hadoop, output);
    List<FinishedRun> finished = finishedRuns(output);
    try (SparkSession spark = SparkSession.builder().getOrCreate();
        Progress progress = new Progress()) {
      folder.write(aside -> compare(spark, finished, aside, progress));
      Outcome outcome = Outcome.of(gates);
      ComparisonText.of(runs, comparisons).lines().forEach(progress::print);
      JudgementText.of(Optional.empty(), gates).lines().forEach(progress::print);
      progress.print("");
      progress.print("Results: " + output);
      progress.print("Report: " + new Path(output, "compare.html"));
      outcome
          .reasons()
          .forEach(reason -> progress.print("Exit code " + outcome.exitCode() + ": " + reason));
      return outcome.exitCode();
    }
  }

  private List<FinishedRun> finishedRuns(Path output) throws IOException {
    if (paths.size() < 2) {
      throw new IllegalArgumentException(
          "Cannot compare %s alone: name the runs to hold against it too".formatted(paths.get(0)));
    }
    if (paths.size() > MOST_RUNS) {
      throw new IllegalArgumentException(
          "Cannot compare %d runs: at most %d at once".formatted(paths.size(), MOST_RUNS));
    }
    List<FinishedRun> finished = new ArrayList<>();
    for (String path : paths) {
      Path run = HadoopPath.named(hadoop, "RUN", path);
      InputAndOutput.requireApart(hadoop, "RUN", path, output);
      finished.add(FinishedRun.require(hadoop, run, "Cannot compare " + run));
    }
    return finished;
  }

  private void compare(
      SparkSession spark, List<FinishedRun> finished, Path folder, Progress progress)
      throws IOException {
    List<RunPredictions> predictions =
        finished.stream().map(run -> RunPredictions.of(spark, name(run), run)).toList();
    for (RunPredictions other : predictions.subList(1, predictions.size())) {
      var unused = PairedRuns.requireAlike(predictions.get(0), other, settings.by());
    }
    for (int number = 0; number < finished.size(); number++) {
      String letter = String.valueOf((char) ('A' + number));
      name.markJobs(spark.sparkContext(), "measure run " + letter);
      progress.step(() -> "measuring run " + letter);
      FinishedRun run = finished.get(number);
      runs.add(ComparedRun.of(letter, name(run), run.provenance(), predictions.get(number)));
    }
    for (ComparedRun run : runs.subList(1, runs.size())) {
      name.markJobs(spark.sparkContext(), "compare run " + run.run());
      progress.step(() -> "comparing run %s with A".formatted(run.run()));
      comparisons.add(comparison(runs.get(0), run, folder));
    }
    comparisons.forEach(one -> gates.addAll(ComparisonGates.check(one, settings.limits())));
    ComparisonWriter.write(spark, runs, comparisons, gates, folder);
    FinalRecord.write(
        "compare",
        name,
        spark,
        runs.stream().map(ComparedRun::output).toList(),
        gates,
        settings.json(),
        folder);
  }

  private static String name(FinishedRun run) {
    return Redaction.redact(run.output().toString());
  }

  private Comparison comparison(ComparedRun reference, ComparedRun run, Path folder) {
    if (settings.pairing() == Pairing.NONE) {
      return Comparison.unpaired(reference, run);
    }
    try (PairedRuns pairs =
        PairedRuns.join(reference.predictions(), run.predictions(), settings.by())) {
      Comparison comparison = Comparison.paired(reference, run, pairs);
      ComparisonWriter.writeChanged(pairs.changed(), run.run(), folder);
      return comparison;
    }
  }
}
