package io.shufflenet.spark.evaluation.comparison;

import static io.shufflenet.spark.evaluation.comparison.PairColumns.A;
import static io.shufflenet.spark.evaluation.comparison.PairColumns.B;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Counts joined runs with Spark SQL. Groups are classes and slices. */
final class PairQuery {
  private static final int TOP = 5;

  /** Whole billionths: a sum of doubles would depend on their order. */
  private static final double UNITS = 1e9;

  private final Dataset<Row> joined;
  private final Dataset<Row> compared;
  private final CommonClasses classes;
  private final List<String> by;

  PairQuery(Dataset<Row> joined, CommonClasses classes, List<String> by) {
    this.joined = joined;
    this.compared = joined.where(PairColumns.bothPredicted().and(PairColumns.sameLabel()));
    this.classes = classes;
    this.by = by;
  }

  PairedComparison run() {
    Row row = images();
    PairedImages images = images(row);
    List<ClassComparison> perClass = new ArrayList<>();
    PairedCounts top1 = PairedCounts.NONE;
    PairedCounts top5 = PairedCounts.NONE;
    boolean ranked = hasTop5();
    for (Row group : perClass()) {
      PairedCounts counts = counts(group, 2);
      top1 = top1.plus(counts);
      top5 = top5.plus(counts(group, 6));
      ranked &= group.getLong(1) == 0;
      int index = group.getInt(0);
      perClass.add(ClassComparison.of(index, classes.names().get(index), counts));
    }
    perClass.sort(ClassComparison.LARGEST_LOSS_FIRST);
    return new PairedComparison(
        images,
        images.predicted() == 0 ? null : (Double) ((double) images.agreed() / images.predicted()),
        PairedAccuracy.of(top1),
        ranked ? PairedAccuracy.of(top5) : null,
        mean(row.get(13), images.predicted()),
        mean(row.get(14), images.predicted()),
        perClass,
        new PairedSliceQuery(compared, by).run(),
        new ChangedQuery(joined, classes).examples());
  }

  private boolean hasTop5() {
    return classes.names().size() - classes.onlyB().size() > TOP && classes.ofB().size() > TOP;
  }

  private Row images() {
    Column inA = col(A.present()).isNotNull();
    Column inB = col(B.present()).isNotNull();
    Column common = inA.and(inB);
    Column predicted = PairColumns.bothPredicted();
    Column labelled = col(A.label()).isNotNull().and(col(B.label()).isNotNull());
    Column differ = predicted.and(labelled).and(not(PairColumns.sameLabel()));
    Column failedA = common.and(col(A.predicted()).isNull());
    Column failedB = common.and(col(B.predicted()).isNull());
    return joined
        .agg(
            count_if(inA),
            count_if(inB),
            count_if(common),
            count_if(failedA.and(B.isPredicted())),
            count_if(failedB.and(A.isPredicted())),
            count_if(failedA.and(failedB)),
            count_if(predicted),
            count_if(predicted.and(col(A.predicted()).equalTo(col(B.predicted())))),
            count_if(predicted.and(not(labelled))),
            count_if(differ),
            min(when(not(inB), col(RELATIVE_PATH))),
            min(when(not(inA), col(RELATIVE_PATH))),
            min(when(differ, col(RELATIVE_PATH))),
            sum(when(predicted, units(A.probability()))),
            sum(when(predicted, units(B.probability()))))
        .first();
  }

  private static Column units(String column) {
    return rint(col(column).multiply(UNITS)).cast(DataTypes.LongType);
  }

  private static PairedImages images(Row row) {
    long common = row.getLong(2);
    long predicted = row.getLong(6);
    long unlabelled = row.getLong(8);
    long labelsDiffer = row.getLong(9);
    return new PairedImages(
        row.getLong(0),
        row.getLong(1),
        common,
        row.getLong(0) - common,
        row.getLong(1) - common,
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        predicted,
        row.getLong(7),
        unlabelled,
        labelsDiffer,
        predicted - unlabelled - labelsDiffer,
        row.getString(10),
        row.getString(11),
        row.getString(12));
  }

  private static Double mean(Object units, long images) {
    return units == null ? null : (Double) ((long) units / UNITS / images);
  }

  private List<Row> perClass() {
    Column unranked = col(A.rank()).isNull().or(col(B.rank()).isNull());
    List<Column> sums = new ArrayList<>(counts(A.isRight(), B.isRight()));
    sums.addAll(counts(col(A.rank()).leq(TOP), col(B.rank()).leq(TOP)));
    return compared
        .groupBy(A.label())
        .agg(count_if(unranked), sums.toArray(Column[]::new))
        .collectAsList();
  }

  /** The four members of {@link PairedCounts}. */
  static List<Column> counts(Column rightA, Column rightB) {
    Column wrongA = not(rightA);
    Column wrongB = not(rightB);
    return List.of(
        count_if(rightA.and(rightB)),
        count_if(rightA.and(wrongB)),
        count_if(wrongA.and(rightB)),
        count_if(wrongA.and(wrongB)));
  }

  /**
   * @param from the first of four columns
   */
  static PairedCounts counts(Row row, int from) {
    return new PairedCounts(
        row.getLong(from), row.getLong(from + 1), row.getLong(from + 2), row.getLong(from + 3));
  }
}
