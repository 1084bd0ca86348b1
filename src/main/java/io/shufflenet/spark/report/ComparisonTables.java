package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.Summary;
import io.shufflenet.spark.evaluation.comparison.BinDrift;
import io.shufflenet.spark.evaluation.comparison.ClassComparison;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.Difference;
import io.shufflenet.spark.evaluation.comparison.FeatureDrift;
import io.shufflenet.spark.evaluation.comparison.PairedAccuracy;
import io.shufflenet.spark.evaluation.comparison.SliceComparison;
import io.shufflenet.spark.results.Provenance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A comparison as tables: the runs, and of each run that is held against the first its classes,
 * slices and drift. {@code run} is the letter of the run that a row is of.
 */
final class ComparisonTables {
  private static final DataType TEXT = DataTypes.StringType;
  private static final DataType WHOLE = DataTypes.LongType;
  private static final DataType REAL = DataTypes.DoubleType;

  private static final StructType RUNS =
      new StructType()
          .add("run", TEXT)
          .add("output", TEXT)
          .add("run_id", TEXT)
          .add("model", TEXT)
          .add("model_sha256", TEXT)
          .add("architecture", TEXT)
          .add("preprocessing", TEXT)
          .add("precision", TEXT)
          .add("images", WHOLE)
          .add("failed", WHOLE)
          .add("evaluated", WHOLE)
          .add("top1", REAL)
          .add("top1_low", REAL)
          .add("top1_high", REAL)
          .add("top5", REAL)
          .add("nll", REAL)
          .add("ece", REAL)
          .add("verdict", TEXT)
          .add("common", WHOLE)
          .add("compared", WHOLE)
          .add("agreement", REAL)
          .add("top1_difference", REAL)
          .add("top1_difference_low", REAL)
          .add("top1_difference_high", REAL)
          .add("top1_gained", WHOLE)
          .add("top1_lost", WHOLE)
          .add("top1_p_value", REAL)
          .add("top5_difference", REAL)
          .add("top5_difference_low", REAL)
          .add("top5_difference_high", REAL)
          .add("top5_gained", WHOLE)
          .add("top5_lost", WHOLE)
          .add("top5_p_value", REAL)
          .add("unpaired_difference", REAL)
          .add("unpaired_difference_low", REAL)
          .add("unpaired_difference_high", REAL);

  private static final StructType PER_CLASS =
      new StructType()
          .add("run", TEXT)
          .add("name", TEXT)
          .add("support", WHOLE)
          .add("recall_a", REAL)
          .add("recall_b", REAL)
          .add("difference", REAL)
          .add("gained", WHOLE)
          .add("lost", WHOLE);

  private static final StructType SLICES =
      new StructType()
          .add("run", TEXT)
          .add("column", TEXT)
          .add("value", TEXT)
          .add("support", WHOLE)
          .add("accuracy_a", REAL)
          .add("accuracy_b", REAL)
          .add("difference", REAL)
          .add("difference_low", REAL)
          .add("difference_high", REAL)
          .add("gained", WHOLE)
          .add("lost", WHOLE)
          .add("p_value", REAL)
          .add("p_value_holm", REAL);

  private static final StructType DRIFT =
      new StructType()
          .add("run", TEXT)
          .add("feature", TEXT)
          .add("psi", REAL)
          .add("chance", REAL)
          .add("reading", TEXT)
          .add("bin", TEXT)
          .add("count_a", WHOLE)
          .add("count_b", WHOLE)
          .add("share_a", REAL)
          .add("share_b", REAL)
          .add("contribution", REAL);

  private ComparisonTables() {}

  static List<Table> of(List<ComparedRun> runs, List<Comparison> comparisons) {
    List<Row> perClass = new ArrayList<>();
    List<Row> slices = new ArrayList<>();
    List<Row> drift = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      if (comparison.paired() != null) {
        comparison.paired().perClass().forEach(one -> perClass.add(row(comparison.run(), one)));
        comparison.paired().slices().forEach(one -> slices.add(row(comparison.run(), one)));
      }
      for (FeatureDrift feature : comparison.drift().features()) {
        feature.bins().forEach(bin -> drift.add(row(comparison.run(), feature, bin)));
      }
    }
    return List.of(
        new Table("runs", RUNS, List.of("run"), runs(runs, comparisons)),
        new Table("per_class", PER_CLASS, List.of("run", "name"), perClass),
        new Table("slices", SLICES, List.of("run", "column", "value"), slices),
        new Table("drift", DRIFT, List.of("run", "feature", "bin"), drift));
  }

  private static List<Row> runs(List<ComparedRun> runs, List<Comparison> comparisons) {
    List<Row> rows = new ArrayList<>();
    rows.add(row(runs.get(0), null));
    for (int candidate = 0; candidate < comparisons.size(); candidate++) {
      rows.add(row(runs.get(candidate + 1), comparisons.get(candidate)));
    }
    return rows;
  }

  /**
   * @param comparison null for the first run
   */
  private static Row row(ComparedRun run, Comparison comparison) {
    List<Object> row = new ArrayList<>();
    Provenance provenance = run.provenance();
    Collections.addAll(
        row,
        run.run(),
        run.output(),
        provenance.runId(),
        provenance.model(),
        provenance.modelSha256(),
        provenance.architecture(),
        provenance.preprocessing(),
        provenance.precision());
    Summary summary = run.summary();
    Accuracy top1 = summary.top1();
    Collections.addAll(
        row,
        summary.images().images(),
        summary.images().failed(),
        summary.images().evaluated(),
        top1 == null ? null : top1.accuracy(),
        top1 == null ? null : top1.low(),
        top1 == null ? null : top1.high(),
        summary.top5() == null ? null : summary.top5().accuracy(),
        summary.nll(),
        summary.ece());
    row.add(comparison == null ? null : comparison.verdict());
    if (comparison == null || comparison.paired() == null) {
      row.addAll(Collections.nCopies(15, null));
    } else {
      row.add(comparison.paired().images().common());
      row.add(comparison.paired().images().compared());
      row.add(comparison.paired().agreement());
      add(row, comparison.paired().top1());
      add(row, comparison.paired().top5());
    }
    add(row, comparison == null ? null : comparison.unpaired());
    return RowFactory.create(row.toArray());
  }

  private static void add(List<Object> row, PairedAccuracy accuracy) {
    if (accuracy == null) {
      row.addAll(Collections.nCopies(6, null));
      return;
    }
    add(row, accuracy.difference());
    Collections.addAll(row, accuracy.gained(), accuracy.lost(), accuracy.pValue());
  }

  private static void add(List<Object> row, Difference difference) {
    if (difference == null) {
      row.addAll(Collections.nCopies(3, null));
      return;
    }
    Collections.addAll(row, difference.difference(), difference.low(), difference.high());
  }

  private static Row row(String run, ClassComparison one) {
    return RowFactory.create(
        run,
        one.name(),
        one.support(),
        one.recallA(),
        one.recallB(),
        one.difference(),
        one.gained(),
        one.lost());
  }

  private static Row row(String run, SliceComparison slice) {
    PairedAccuracy top1 = slice.top1();
    return RowFactory.create(
        run,
        slice.column(),
        slice.value(),
        top1.images(),
        top1.a().accuracy(),
        top1.b().accuracy(),
        top1.difference().difference(),
        top1.difference().low(),
        top1.difference().high(),
        top1.gained(),
        top1.lost(),
        top1.pValue(),
        slice.holm());
  }

  private static Row row(String run, FeatureDrift feature, BinDrift bin) {
    return RowFactory.create(
        run,
        feature.feature(),
        feature.psi(),
        feature.chance(),
        feature.reading(),
        bin.bin(),
        bin.a(),
        bin.b(),
        bin.shareA(),
        bin.shareB(),
        bin.contribution());
  }
}
