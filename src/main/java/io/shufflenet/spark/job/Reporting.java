package io.shufflenet.spark.job;

import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.Gates;
import io.shufflenet.spark.evaluation.NotableImages;
import io.shufflenet.spark.evaluation.ReviewQueue;
import io.shufflenet.spark.evaluation.TemperatureFit;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.ComparisonGates;
import io.shufflenet.spark.report.Report;
import io.shufflenet.spark.report.ReportWriter;
import io.shufflenet.spark.report.ThumbnailSource;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.RunRecord.Timing;
import io.shufflenet.spark.results.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Measures predictions, judges them and writes their report, as the settings ask. */
final class Reporting {
  private final ReportOptions options;
  private final Optional<BaselineRun> baseline;
  private final ThumbnailSource thumbnails;
  private final Optional<TemperatureFit> fit;
  private final Dataset<Row> predictions;
  private final List<String> classNames;

  /**
   * @param baseline what the predictions are held against
   * @param thumbnails asked for pictures unless the settings want none
   * @param fit to be told too
   * @param predictions as {@link io.shufflenet.spark.evaluation.Slicing#mark} left them; read
   *     several times
   */
  Reporting(
      ReportOptions options,
      Optional<BaselineRun> baseline,
      ThumbnailSource thumbnails,
      Optional<TemperatureFit> fit,
      Dataset<Row> predictions,
      List<String> classNames) {
    this.options = options;
    this.baseline = baseline;
    this.fit = fit;
    this.thumbnails = options.thumbnails() > 0 ? thumbnails : images -> Map.of();
    this.predictions = predictions;
    this.classNames = List.copyOf(classNames);
  }

  /**
   * @param provenance tells how many of the classes a prediction can be
   */
  Evaluation measure(Provenance provenance) {
    return Evaluation.of(predictions, classNames, options.slicing())
        .among(provenance.scoredClasses());
  }

  Judgement judge(Evaluation evaluation, Provenance provenance) {
    List<GateResult> gates = new ArrayList<>(Gates.check(evaluation, options.gates()));
    if (baseline.isEmpty()) {
      return new Judgement(Optional.empty(), gates);
    }
    SparkSession spark = predictions.sparkSession();
    ComparedRun earlier = baseline.get().measured(spark);
    BaselineRun.Held held =
        BaselineRun.hold(predictions, classNames, evaluation.summary(), provenance, earlier);
    gates.addAll(ComparisonGates.check(held.comparison(), options.limits()));
    return new Judgement(Optional.of(held.baseline()), gates);
  }

  /**
   * Writes the report.
   *
   * @param selection which of the predictions of {@code provenance} they are
   * @param timing empty where they were there already
   * @param folder fully qualified, new
   */
  void write(
      Evaluation evaluation,
      Judgement judgement,
      Provenance provenance,
      Selection selection,
      Optional<Timing> timing,
      String folder)
      throws IOException {
    Report report =
        new Report(
            provenance,
            selection,
            evaluation,
            judgement.baseline(),
            NotableImages.of(predictions, options.thumbnails()),
            options.review() > 0
                ? Optional.of(ReviewQueue.of(predictions, options.review()))
                : Optional.empty(),
            judgement.gates(),
            fit,
            timing);
    ReportWriter.write(predictions.sparkSession(), report, thumbnails, folder);
  }
}
