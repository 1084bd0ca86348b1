package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.evaluation.Summary;
import io.shufflenet.spark.evaluation.comparison.Baseline;
import io.shufflenet.spark.evaluation.comparison.CommonClasses;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.RunPredictions;
import io.shufflenet.spark.evaluation.comparison.RunProfile;
import io.shufflenet.spark.results.FinishedRun;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.Provenance;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An earlier run that predictions are held against. */
final class BaselineRun {
  private static final String KEY = "report.baseline";
  private static final String THESE = "these predictions";

  /** What a comparison reads. */
  private static final List<String> NEEDED =
      List.of(
          PredictionSchema.RELATIVE_PATH,
          PredictionSchema.LABEL_INDEX,
          PredictionSchema.PREDICTED_INDEX,
          PredictionSchema.PROBABILITY,
          PredictionSchema.LABEL_RANK,
          PredictionSchema.WIDTH,
          PredictionSchema.HEIGHT,
          PredictionSchema.ERROR);

  private final FinishedRun run;

  private BaselineRun(FinishedRun run) {
    this.run = run;
  }

  /**
   * @throws IllegalArgumentException if no finished run is there
   */
  static BaselineRun open(String path, Configuration hadoop) throws IOException {
    return new BaselineRun(
        FinishedRun.require(
            hadoop,
            HadoopPath.named(hadoop, KEY, path),
            "Cannot use %s = %s".formatted(KEY, path)));
  }

  /**
   * @throws IllegalArgumentException if the run's classes are not those of the names, or it cannot
   *     be told which are
   */
  void requireComparable(SparkSession spark, List<String> classNames) {
    Dataset<Row> none = spark.emptyDataFrame();
    var unused =
        CommonClasses.of(
            new RunPredictions(KEY + " = " + run.output(), none, run.classNames(spark)),
            new RunPredictions(THESE, none, classNames));
  }

  /**
   * @throws IllegalArgumentException if a column that it takes is missing
   */
  static void requireColumns(Dataset<Row> predictions) {
    List<String> columns = Arrays.asList(predictions.columns());
    NEEDED.stream()
        .filter(name -> !columns.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "Cannot use %s: these predictions have no %s; it takes those of predict or evaluate, with one label for each image"
                      .formatted(KEY, name));
            });
  }

  /** Measures it. */
  ComparedRun measured(SparkSession spark) {
    String output = Redaction.redact(run.output().toString());
    return ComparedRun.of(
        "the baseline", output, run.provenance(), RunPredictions.of(spark, output, run));
  }

  /** How predictions did against it: image by image where that can be, else as unrelated sets. */
  record Held(Baseline baseline, Comparison comparison) {}

  /**
   * @param baseline as {@link #measured} gave it
   */
  static Held hold(
      Dataset<Row> predictions,
      List<String> classNames,
      Summary summary,
      Provenance provenance,
      ComparedRun baseline) {
    RunPredictions rows = new RunPredictions(THESE, predictions, classNames);
    ComparedRun run =
        new ComparedRun("this run", "", provenance, rows, summary, RunProfile.of(rows));
    try {
      Comparison comparison = Comparison.against(baseline, run);
      return new Held(Baseline.of(baseline, comparison, null), comparison);
    } catch (IllegalArgumentException unpairable) {
      Comparison comparison = Comparison.unpaired(baseline, run);
      return new Held(Baseline.of(baseline, comparison, unpairable.getMessage()), comparison);
    }
  }
}
