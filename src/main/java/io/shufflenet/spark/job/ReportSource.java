package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.dataset.TableSettings;
import io.shufflenet.spark.evaluation.ForeignPredictions;
import io.shufflenet.spark.evaluation.OtherLabels;
import io.shufflenet.spark.evaluation.PredictionSet;
import io.shufflenet.spark.report.ThumbnailSource;
import io.shufflenet.spark.results.FinishedRun;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.Selection;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where report finds what it measures: a run of ours, or a table. */
final class ReportSource {
  private final ReportSettings settings;
  private final Configuration hadoop;
  private final SparkSession spark;

  /** Empty where the predictions are in a table. */
  private final Optional<FinishedRun> run;

  private ReportSource(
      ReportSettings settings,
      Configuration hadoop,
      SparkSession spark,
      Optional<FinishedRun> run) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.spark = spark;
    this.run = run;
  }

  /**
   * @throws IllegalArgumentException if there is a run that is not complete, or settings that do
   *     not go with it
   */
  static ReportSource open(ReportSettings settings, Configuration hadoop, SparkSession spark)
      throws IOException {
    TableSettings table = settings.predictions();
    Optional<FinishedRun> run =
        table.isOfAnyFormat()
            ? runIn(HadoopPath.named(hadoop, "predictions.path", table.path()), hadoop)
            : Optional.empty();
    if (run.isPresent() && !settings.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use predictions.columns.%s: predictions.path = %s is a run of this project, whose"
                  .formatted(settings.columns().keySet().iterator().next().key(), table.path())
              + " columns are known; other labels are named by labels.path");
    }
    return new ReportSource(settings, hadoop, spark, run);
  }

  private static Optional<FinishedRun> runIn(Path path, Configuration hadoop) throws IOException {
    try {
      boolean folder = path.getFileSystem(hadoop).getFileStatus(path).isDirectory();
      return folder ? FinishedRun.in(hadoop, path) : Optional.empty();
    } catch (FileNotFoundException absent) {
      return Optional.empty(); // whoever reads it as a table says so
    }
  }

  /**
   * Reads and checks; takes a few Spark jobs.
   *
   * @return the predictions asked for, with the labels asked for
   * @throws IllegalArgumentException if a setting or a value in a table does not serve
   */
  PredictionSet predictions() throws IOException {
    Dataset<Row> table =
        run.isPresent() ? run.get().predictions(spark) : settings.predictions().read(spark);
    requireRows(table, "it has no rows");
    Dataset<Row> wanted = wanted(table);
    settings.report().slicing().requireFewValues(wanted);
    Dataset<Row> marked = settings.report().slicing().mark(wanted);
    PredictionSet predictions = run.isPresent() ? ofRun(marked) : foreign(table, marked);
    return settings.labels().isPresent()
        ? otherLabels(settings.labels().get()).replace(predictions)
        : predictions;
  }

  private void requireRows(Dataset<Row> rows, String otherwise) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot report on predictions.path = %s: %s"
              .formatted(settings.predictions().path(), otherwise));
    }
  }

  private Dataset<Row> wanted(Dataset<Row> table) {
    if (settings.where().isEmpty()) {
      return table;
    }
    Dataset<Row> wanted = where(table, settings.where().get());
    requireRows(wanted, "no row is left by where = " + settings.where().get());
    return wanted;
  }

  private static Dataset<Row> where(Dataset<Row> table, String predicate) {
    try {
      return table.where(predicate);
    } catch (Exception e) { // Spark does not declare what it throws
      if (e instanceof AnalysisException) {
        String reason =
            String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
        throw new IllegalArgumentException(
            "Cannot use where = %s: %s".formatted(predicate, reason), e);
      }
      throw e;
    }
  }

  private PredictionSet ofRun(Dataset<Row> rows) throws IOException {
    List<String> names = run.get().classNames(spark);
    return settings.classNames().isPresent()
        ? PredictionSet.renamed(
            rows, Labels.names(settings.classNames().get(), names.size(), hadoop))
        : new PredictionSet(rows, names, List.of());
  }

  private PredictionSet foreign(Dataset<Row> table, Dataset<Row> rows) throws IOException {
    ForeignPredictions predictions = ForeignPredictions.in(table, settings.columns());
    if (settings.labels().isEmpty()) {
      predictions.requireLabels();
    }
    Optional<List<String>> names =
        settings.classNames().isPresent()
            ? Optional.of(Labels.names(settings.classNames().get(), "class-names", hadoop))
            : Optional.empty();
    return predictions.read(rows, names);
  }

  private OtherLabels otherLabels(ReportSettings.Labels labels) throws IOException {
    return OtherLabels.in(
        labels.table().read(spark),
        Redaction.redact(labels.table().path()),
        labels.relativePath(),
        labels.label());
  }

  /**
   * The earlier run that they are held against.
   *
   * @throws IllegalArgumentException if it is none, or the predictions cannot be
   */
  Optional<BaselineRun> baseline(PredictionSet predictions) throws IOException {
    Optional<BaselineRun> baseline = settings.report().openBaseline(hadoop);
    if (baseline.isPresent()) {
      BaselineRun.requireColumns(predictions.rows());
      baseline.get().requireComparable(spark, predictions.classNames());
    }
    return baseline;
  }

  /** Pictures of a run's images, where they still lie where they lay. */
  ThumbnailSource thumbnails() {
    return run.isPresent()
        ? new Thumbnails(spark, Optional.empty(), settings.maxBytes(), settings.maxPixels())
        : images -> Map.of();
  }

  /** Of the run that made the predictions, where it is one of ours. */
  Provenance provenance(RunName reader, int classes) {
    return run.map(FinishedRun::provenance)
        .orElseGet(
            () ->
                Provenance.ofForeign(
                    reader.id(), reader.startedAt(), classes, Versions.project(), spark.version()));
  }

  Selection selection(List<String> notes) {
    return new Selection(
        name(settings.predictions()),
        settings.where().orElse(null),
        settings.labels().map(labels -> name(labels.table())).orElse(null),
        notes);
  }

  private String name(TableSettings table) {
    return table.isOfAnyFormat()
        ? Redaction.redact(
            HadoopPath.named(hadoop, table.section() + ".path", table.path()).toString())
        : Redaction.redact(table.path());
  }

  /** For a person: what is measured. */
  List<String> lines(Selection selection) {
    List<String> lines = new ArrayList<>();
    lines.add(
        run.map(FinishedRun::provenance)
            .map(ours -> "Predictions of run %s of %s".formatted(ours.runId(), ours.startedAt()))
            .orElse("Predictions in a table"));
    lines.set(0, lines.get(0) + ": " + selection.predictions());
    settings.where().ifPresent(where -> lines.add("Only where: " + where));
    lines.addAll(selection.notes());
    return lines;
  }
}
