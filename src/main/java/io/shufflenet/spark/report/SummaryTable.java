package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.Agreement;
import io.shufflenet.spark.evaluation.Averages;
import io.shufflenet.spark.evaluation.Finding;
import io.shufflenet.spark.evaluation.ImageCounts;
import io.shufflenet.spark.evaluation.Slice;
import io.shufflenet.spark.evaluation.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The one row that tells how a set of predictions did, and the like for each slice. */
final class SummaryTable {
  private static final List<String> COUNTS =
      List.of(
          "images", "labelled", "unlabelled", "failed", "labelled_failed", "evaluated", "rotated");

  /** What follows the name of each accuracy, such as {@code top1}. */
  private static final List<String> ACCURACY =
      List.of("", "_low", "_high", "_error", "_error_low", "_error_high");

  private static final List<String> SCORES =
      List.of(
          "nll",
          "brier",
          "ece",
          "macro_precision",
          "macro_recall",
          "macro_f1",
          "weighted_precision",
          "weighted_recall",
          "weighted_f1",
          "balanced_accuracy",
          "kappa",
          "matthews");

  private static final StructType FINDING =
      new StructType().add("kind", DataTypes.StringType).add("message", DataTypes.StringType);

  private SummaryTable() {}

  static Table of(Summary summary, List<Finding> findings) {
    List<Object> row = metrics(summary);
    row.add(findings.stream().map(SummaryTable::row).toArray(Row[]::new));
    StructType schema = withMetrics(new StructType());
    return new Table(
        "summary",
        schema.add("findings", new ArrayType(FINDING, false)),
        List.of(),
        List.of(RowFactory.create(row.toArray())));
  }

  static Table ofSlices(List<Slice> slices) {
    StructType schema =
        new StructType()
            .add("column", DataTypes.StringType)
            .add("value", DataTypes.StringType)
            .add("supported", DataTypes.BooleanType);
    return new Table(
        "slices", withMetrics(schema), List.of(), slices.stream().map(SummaryTable::row).toList());
  }

  private static Row row(Slice slice) {
    List<Object> row = new ArrayList<>();
    Collections.addAll(row, slice.column(), slice.value(), slice.supported());
    row.addAll(metrics(slice.summary()));
    return RowFactory.create(row.toArray());
  }

  private static List<Object> metrics(Summary summary) {
    List<Object> row = new ArrayList<>();
    add(row, summary.images());
    row.add(summary.classes());
    add(row, summary.top1());
    add(row, summary.top5());
    add(row, summary.top1All());
    add(row, summary.top5All());
    Collections.addAll(row, summary.nll(), summary.brier(), summary.ece());
    add(row, summary.macro());
    add(row, summary.weighted());
    add(row, summary.agreement());
    row.add(summary.undefinedClasses());
    return row;
  }

  private static StructType withMetrics(StructType columns) {
    StructType schema = columns;
    for (String count : COUNTS) {
      schema = schema.add(count, DataTypes.LongType);
    }
    schema = schema.add("classes", DataTypes.IntegerType);
    for (String accuracy : List.of("top1", "top5", "top1_all", "top5_all")) {
      for (String part : ACCURACY) {
        schema = schema.add(accuracy + part, DataTypes.DoubleType);
      }
    }
    for (String score : SCORES) {
      schema = schema.add(score, DataTypes.DoubleType);
    }
    return schema.add("undefined_classes", DataTypes.LongType);
  }

  private static void add(List<Object> row, ImageCounts images) {
    Collections.addAll(
        row,
        images.images(),
        images.labelled(),
        images.unlabelled(),
        images.failed(),
        images.labelledFailed(),
        images.evaluated(),
        images.rotated());
  }

  private static void add(List<Object> row, Accuracy accuracy) {
    if (accuracy == null) {
      row.addAll(Collections.nCopies(ACCURACY.size(), null));
      return;
    }
    Collections.addAll(
        row,
        accuracy.accuracy(),
        accuracy.low(),
        accuracy.high(),
        accuracy.error(),
        accuracy.errorLow(),
        accuracy.errorHigh());
  }

  private static void add(List<Object> row, Averages averages) {
    if (averages == null) {
      row.addAll(Collections.nCopies(3, null));
      return;
    }
    Collections.addAll(row, averages.precision(), averages.recall(), averages.f1());
  }

  private static void add(List<Object> row, Agreement agreement) {
    if (agreement == null) {
      row.addAll(Collections.nCopies(3, null));
      return;
    }
    Collections.addAll(row, agreement.balancedAccuracy(), agreement.kappa(), agreement.matthews());
  }

  private static Row row(Finding finding) {
    return RowFactory.create(finding.kind().label(), finding.message());
  }
}
