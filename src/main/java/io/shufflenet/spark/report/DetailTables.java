package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.CalibrationBin;
import io.shufflenet.spark.evaluation.ClassMetrics;
import io.shufflenet.spark.evaluation.ConfusedPair;
import io.shufflenet.spark.evaluation.ConfusionCell;
import io.shufflenet.spark.evaluation.CoveragePoint;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.FailureGroup;
import io.shufflenet.spark.evaluation.TemperatureFit;
import io.shufflenet.spark.results.GateResult;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tables behind the summary: classes, calibration, coverage, slices, failures, confusion
 * matrix.
 */
final class DetailTables {
  private static final StructType PER_CLASS =
      new StructType()
          .add("index", DataTypes.IntegerType)
          .add("name", DataTypes.StringType)
          .add("support", DataTypes.LongType)
          .add("predicted", DataTypes.LongType)
          .add("correct", DataTypes.LongType)
          .add("failed", DataTypes.LongType)
          .add("precision", DataTypes.DoubleType)
          .add("recall", DataTypes.DoubleType)
          .add("f1", DataTypes.DoubleType)
          .add("top5_recall", DataTypes.DoubleType);

  private static final StructType CALIBRATION =
      new StructType()
          .add("bin", DataTypes.IntegerType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType)
          .add("count", DataTypes.LongType)
          .add("mean_confidence", DataTypes.DoubleType)
          .add("accuracy", DataTypes.DoubleType);

  private static final StructType COVERAGE =
      new StructType()
          .add("threshold", DataTypes.DoubleType)
          .add("images", DataTypes.LongType)
          .add("coverage", DataTypes.DoubleType)
          .add("accuracy", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType);

  private static final StructType FAILURES =
      new StructType()
          .add("stage", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("count", DataTypes.LongType)
          .add("examples", new ArrayType(DataTypes.StringType, false));

  private static final StructType CONFUSION =
      new StructType()
          .add("label_index", DataTypes.IntegerType)
          .add("predicted_index", DataTypes.IntegerType)
          .add("label", DataTypes.StringType)
          .add("predicted", DataTypes.StringType)
          .add("count", DataTypes.LongType);

  private static final StructType CONFUSED_PAIRS = CONFUSION.add("share", DataTypes.DoubleType);

  private static final StructType TEMPERATURE =
      new StructType()
          .add("temperature", DataTypes.DoubleType)
          .add("made_at", DataTypes.DoubleType)
          .add("fitted", DataTypes.LongType)
          .add("held_out", DataTypes.LongType)
          .add("nll_before", DataTypes.DoubleType)
          .add("nll_after", DataTypes.DoubleType)
          .add("ece_before", DataTypes.DoubleType)
          .add("ece_after", DataTypes.DoubleType);

  private static final StructType GATES =
      new StructType()
          .add("gate", DataTypes.StringType)
          .add("limit", DataTypes.DoubleType)
          .add("measured", DataTypes.DoubleType)
          .add("passed", DataTypes.BooleanType)
          .add("message", DataTypes.StringType);

  private DetailTables() {}

  static Table of(TemperatureFit fit) {
    return table("temperature", TEMPERATURE, List.of(), List.of(fit), DetailTables::row);
  }

  static List<Table> of(Evaluation evaluation) {
    return List.of(
        table("per_class", PER_CLASS, List.of("index"), evaluation.perClass(), DetailTables::row),
        table(
            "calibration",
            CALIBRATION,
            List.of("bin"),
            evaluation.calibration(),
            DetailTables::row),
        table("coverage", COVERAGE, List.of(), evaluation.coverage(), DetailTables::row),
        SummaryTable.ofSlices(evaluation.slices()),
        table("failures", FAILURES, List.of(), evaluation.failures(), DetailTables::row),
        table(
            "confusion",
            CONFUSION,
            List.of("label_index", "predicted_index"),
            evaluation.confusion(),
            DetailTables::row));
  }

  /** An excerpt from the confusion matrix, for a person. */
  static Table confusedPairs(Evaluation evaluation) {
    return table(
        "confused_pairs", CONFUSED_PAIRS, List.of(), evaluation.confusedPairs(), DetailTables::row);
  }

  static Table gates(List<GateResult> gates) {
    return table("gates", GATES, List.of(), gates, DetailTables::row);
  }

  private static Row row(GateResult gate) {
    return RowFactory.create(
        gate.gate(), gate.limit(), gate.measured(), gate.passed(), gate.message());
  }

  private static <T> Table table(
      String name, StructType schema, List<String> keys, List<T> facts, Function<T, Row> row) {
    return new Table(name, schema, keys, facts.stream().map(row).toList());
  }

  private static Row row(ClassMetrics metrics) {
    return RowFactory.create(
        metrics.index(),
        metrics.name(),
        metrics.support(),
        metrics.predicted(),
        metrics.correct(),
        metrics.failed(),
        metrics.precision(),
        metrics.recall(),
        metrics.f1(),
        metrics.top5Recall());
  }

  private static Row row(CalibrationBin bin) {
    return RowFactory.create(
        bin.bin(), bin.low(), bin.high(), bin.count(), bin.meanConfidence(), bin.accuracy());
  }

  private static Row row(CoveragePoint point) {
    Accuracy accuracy = point.accuracy();
    return RowFactory.create(
        point.threshold(),
        accuracy.images(),
        point.coverage(),
        accuracy.accuracy(),
        accuracy.low(),
        accuracy.high());
  }

  private static Row row(TemperatureFit fit) {
    return RowFactory.create(
        fit.temperature(),
        fit.madeAt(),
        fit.fitted(),
        fit.heldOut(),
        fit.nllBefore(),
        fit.nllAfter(),
        fit.eceBefore(),
        fit.eceAfter());
  }

  private static Row row(FailureGroup group) {
    return RowFactory.create(
        group.stage(), group.kind(), group.count(), group.examples().toArray(String[]::new));
  }

  private static Row row(ConfusionCell cell) {
    return RowFactory.create(
        cell.labelIndex(), cell.predictedIndex(), cell.label(), cell.predicted(), cell.count());
  }

  private static Row row(ConfusedPair pair) {
    ConfusionCell cell = pair.cell();
    return RowFactory.create(
        cell.labelIndex(),
        cell.predictedIndex(),
        cell.label(),
        cell.predicted(),
        cell.count(),
        pair.share());
  }
}
