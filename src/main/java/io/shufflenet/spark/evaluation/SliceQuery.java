package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Measures every slice with Spark SQL in two passes, whatever the number of slices. Groups are
 * pairs of a slice and a class, and of a slice and a bin. The driver holds the classes of one slice
 * at a time.
 */
final class SliceQuery {
  private static final int FINER = Calibration.FINE_BINS / Calibration.BINS;

  private final Slicing slicing;
  private final Dataset<Row> images;
  private final Reading reading;
  private final List<String> classNames;

  /**
   * @param predictions as {@link Slicing#mark} left them
   */
  SliceQuery(Dataset<Row> predictions, Slicing slicing, List<String> classNames) {
    this.slicing = slicing;
    this.reading = Reading.of(predictions);
    this.classNames = classNames;
    this.images =
        predictions
            .withColumn("slice", explode(col("`" + Slicing.SLICES + "`")))
            .withColumn("slice_column", col("slice").getField(Slicing.COLUMN))
            .withColumn("slice_value", col("slice").getField(Slicing.VALUE));
  }

  /** Which slice it is: the place of its column in {@code report.by}, and the value. */
  private record Key(int column, String value) {
    static Key of(Row row) {
      return new Key(row.getInt(0), row.getString(1));
    }
  }

  /**
   * Those of the first column first. Within a column the supported ones stand first, and of these
   * the least accurate.
   */
  List<Slice> run() {
    Map<Key, List<BinCounts>> bins = bins();
    List<Slice> slices = new ArrayList<>();
    Iterator<Row> rows = classes().toLocalIterator();
    Key key = null;
    Sums sums = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!Key.of(row).equals(key)) {
        addTo(slices, key, sums, bins);
        key = Key.of(row);
        sums = new Sums();
      }
      sums.add(row);
    }
    addTo(slices, key, sums, bins);
    slices.sort(order());
    return slices;
  }

  private void addTo(List<Slice> slices, Key key, Sums sums, Map<Key, List<BinCounts>> bins) {
    if (key == null) {
      return;
    }
    List<BinCounts> ofSlice = bins.getOrDefault(key, noBins());
    Summary summary =
        Summary.of(
            classNames.size(),
            reading.facts(),
            sums.outcomes,
            new Calibration(ofSlice, reading.facts()),
            reading.tells(Fact.LABEL_CLASS) ? sums.classes.metrics() : List.of());
    slices.add(
        new Slice(
            slicing.by().get(key.column()),
            key.value(),
            summary.images().evaluated() >= slicing.minSupport(),
            summary));
  }

  private Comparator<Slice> order() {
    return Comparator.comparingInt((Slice slice) -> slicing.by().indexOf(slice.column()))
        .thenComparing(slice -> !slice.supported())
        .thenComparingDouble(
            slice -> slice.summary().top1() == null ? 2 : slice.summary().top1().accuracy())
        .thenComparing(
            Comparator.comparingLong((Slice slice) -> slice.summary().images().evaluated())
                .reversed())
        .thenComparing(Slice::value, Comparator.nullsLast(Comparator.naturalOrder()));
  }

  /** The sums of one slice. */
  private final class Sums {
    private final ClassTotals classes =
        new ClassTotals(classNames, Summary.hasTop5(classNames.size(), reading.facts()));
    private Outcomes outcomes = Outcomes.NONE;

    /** The images of one label, and the evaluated ones of the same prediction. */
    void add(Row row) {
      Outcomes more =
          new Outcomes(
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8),
              row.getLong(9));
      outcomes = outcomes.plus(more);
      if (!row.isNullAt(2)) {
        int index = row.getInt(2);
        classes.addLabelled(index, more.evaluated(), more.correct(), more.top5());
        classes.addFailed(index, more.labelledFailed());
        classes.addPredicted(index, row.getLong(10));
      }
    }
  }

  /** Each image stands there once by its label, and if it is evaluated once by its prediction. */
  private Dataset<Row> classes() {
    Column asLabel = col("place").getField("label");
    Column evaluated = reading.isEvaluated();
    Column failed = not(reading.isPredicted());
    Column unlabelled = asLabel.and(not(reading.isLabelled()));
    return images
        .withColumn("place", explode(places()))
        .groupBy(
            col("slice_column"), col("slice_value"), col("place").getField("class").as("class"))
        .agg(
            count_if(asLabel.and(evaluated)),
            count_if(asLabel.and(evaluated).and(reading.isCorrect())),
            count_if(asLabel.and(evaluated).and(reading.isTop5())),
            count_if(asLabel.and(reading.isLabelled()).and(failed)),
            count_if(unlabelled),
            count_if(unlabelled.and(failed)),
            count_if(asLabel.and(reading.isRotated())),
            count_if(not(asLabel).and(evaluated)))
        .orderBy("slice_column", "slice_value");
  }

  private Column places() {
    Column noClass = lit(null).cast(DataTypes.IntegerType);
    if (!reading.tells(Fact.LABEL_CLASS)) {
      return array(place(noClass, true));
    }
    return array(place(col(LABEL_INDEX), true), place(col(PREDICTED_INDEX), false));
  }

  private static Column place(Column index, boolean label) {
    return struct(index.as("class"), lit(label).as("label"));
  }

  private Map<Key, List<BinCounts>> bins() {
    BinColumns columns = new BinColumns(reading);
    List<Column> sums = columns.sums();
    Column bin = columns.bin().divide(FINER).cast(DataTypes.IntegerType);
    Map<Key, List<BinCounts>> bins = new HashMap<>();
    images
        .where(reading.isEvaluated())
        .groupBy(col("slice_column"), col("slice_value"), bin.as("bin"))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .collectAsList()
        .forEach(
            row ->
                bins.computeIfAbsent(Key.of(row), key -> noBins())
                    .set(row.getInt(2), BinColumns.counts(row, 3)));
    return bins;
  }

  private static List<BinCounts> noBins() {
    BinCounts[] bins = new BinCounts[Calibration.BINS];
    Arrays.fill(bins, BinCounts.NONE);
    return Arrays.asList(bins);
  }
}
