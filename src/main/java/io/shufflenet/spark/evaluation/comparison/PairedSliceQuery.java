package io.shufflenet.spark.evaluation.comparison;

import static io.shufflenet.spark.evaluation.comparison.PairColumns.A;
import static io.shufflenet.spark.evaluation.comparison.PairColumns.B;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts compared images by the values of columns. */
final class PairedSliceQuery {
  static final int MOST_VALUES = 1000;

  private final Dataset<Row> compared;
  private final List<String> by;

  /**
   * @param by names of the columns that {@link #column} numbers
   */
  PairedSliceQuery(Dataset<Row> compared, List<String> by) {
    this.compared = compared;
    this.by = by;
  }

  /** What the column of this number is called in joined runs. */
  static String column(int number) {
    return "slice_" + number;
  }

  List<SliceComparison> run() {
    List<SliceComparison> slices = new ArrayList<>();
    for (int number = 0; number < by.size(); number++) {
      for (Row row : rows(number)) {
        PairedAccuracy top1 = PairedAccuracy.of(PairQuery.counts(row, 2));
        slices.add(new SliceComparison(by.get(number), row.getString(0), top1, top1.pValue()));
      }
    }
    return adjusted(slices).stream().sorted(SliceComparison.LARGEST_DROP_FIRST).toList();
  }

  private List<Row> rows(int number) {
    Column[] sums = PairQuery.counts(A.isRight(), B.isRight()).toArray(Column[]::new);
    List<Row> rows =
        compared
            .groupBy(column(number))
            .agg(count(lit(1)), sums)
            .limit(MOST_VALUES + 1)
            .collectAsList();
    if (rows.size() > MOST_VALUES) {
      throw new IllegalArgumentException(
          "Cannot use compare.by = %s: it has more than %,d different values"
              .formatted(by.get(number), MOST_VALUES));
    }
    return rows;
  }

  private static List<SliceComparison> adjusted(List<SliceComparison> slices) {
    double[] holm = Holm.adjust(slices.stream().map(slice -> slice.top1().pValue()).toList());
    List<SliceComparison> adjusted = new ArrayList<>();
    for (int slice = 0; slice < holm.length; slice++) {
      SliceComparison one = slices.get(slice);
      adjusted.add(new SliceComparison(one.column(), one.value(), one.top1(), holm[slice]));
    }
    return adjusted;
  }
}
