package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.TableSettings;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.PredictionSet;
import io.shufflenet.spark.evaluation.TemperatureFit;
import io.shufflenet.spark.report.JudgementText;
import io.shufflenet.spark.report.SummaryText;
import io.shufflenet.spark.report.TemperatureText;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.Selection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What report does: read, check, measure, write, tell. */
final class ReportJob {
  private final ReportSettings settings;
  private final Configuration hadoop;
  private final RunName name = RunName.now();

  ReportJob(ReportSettings settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * @return the exit code
   * @throws IllegalArgumentException if the settings or the values in a table do not serve; nothing
   *     was written then
   * @throws IOException if the run failed; what it wrote is removed
   */
  int run() throws IOException {
    name.markLogs();
    Path output = HadoopPath.named(hadoop, "output.path", settings.outputPath());
    NewFolder folder = NewFolder.of(hadoop, output);
    requireApart(settings.predictions(), output);
    settings.labels().ifPresent(labels -> requireApart(labels.table(), output));
    try (SparkSession spark = SparkSession.builder().getOrCreate();
        Progress progress = new Progress()) {
      begin(spark, progress, "looking at the predictions");
      ReportSource source = ReportSource.open(settings, hadoop, spark);
      PredictionSet predictions = source.predictions();
      Provenance provenance = source.provenance(name, predictions.classNames().size());
      Optional<BaselineRun> baseline = source.baseline(predictions);
      Optional<TemperatureFit> fit = fit(predictions, provenance, spark, progress);
      begin(spark, progress, "counting the predictions");
      Reporting reporting =
          new Reporting(
              settings.report(),
              baseline,
              source.thumbnails(),
              fit,
              predictions.rows(),
              predictions.classNames());
      Evaluation evaluation = reporting.measure(provenance);
      Judgement judgement = reporting.judge(evaluation, provenance);
      Selection selection = source.selection(predictions.notes());
      Outcome outcome = Outcome.of(judgement.gates());
      begin(spark, progress, "writing the report");
      folder.write(
          aside -> {
            reporting.write(
                evaluation, judgement, provenance, selection, Optional.empty(), aside.toString());
            FinalRecord.write(
                "report",
                name,
                spark,
                List.of(selection.predictions()),
                judgement.gates(),
                settings.json(),
                aside);
          });
      source.lines(selection).forEach(progress::print);
      progress.print("");
      SummaryText.of(evaluation, provenance).lines().forEach(progress::print);
      JudgementText.of(judgement.baseline(), judgement.gates()).lines().forEach(progress::print);
      fit.ifPresent(found -> TemperatureText.of(found).lines().forEach(progress::print));
      progress.print("");
      progress.print("Results: " + output);
      progress.print("Report: " + new Path(output, "report.html"));
      outcome
          .reasons()
          .forEach(reason -> progress.print("Exit code " + outcome.exitCode() + ": " + reason));
      return outcome.exitCode();
    }
  }

  private Optional<TemperatureFit> fit(
      PredictionSet predictions, Provenance provenance, SparkSession spark, Progress progress) {
    if (!settings.fitTemperature()) {
      return Optional.empty();
    }
    begin(spark, progress, "fitting a temperature");
    double madeAt = provenance.temperature() == null ? 1 : provenance.temperature();
    return Optional.of(TemperatureFit.fit(predictions.rows(), madeAt));
  }

  private void begin(SparkSession spark, Progress progress, String step) {
    name.markJobs(spark.sparkContext(), step);
    progress.step(() -> step);
  }

  private void requireApart(TableSettings table, Path output) {
    if (!table.isCatalogTable()) {
      InputAndOutput.requireApart(hadoop, table.section() + ".path", table.path(), output);
    }
  }
}
