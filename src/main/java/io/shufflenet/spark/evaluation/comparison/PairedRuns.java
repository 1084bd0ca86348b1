package io.shufflenet.spark.evaluation.comparison;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_RANK;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Two runs joined image by image by their relative paths with Spark, under common class indices.
 * Spark keeps the joined rows, in memory or on its disks, until this is closed.
 */
public final class PairedRuns implements AutoCloseable {
  private static final String UNPAIRED =
      "With --unpaired only what the runs are made of is compared, and no image";

  private final Dataset<Row> joined;
  private final CommonClasses classes;
  private final List<String> by;

  private PairedRuns(Dataset<Row> joined, CommonClasses classes, List<String> by) {
    this.joined = joined;
    this.classes = classes;
    this.by = by;
  }

  /**
   * Tells at once, without a Spark job, what {@link #join} would not take.
   *
   * @param by columns of the second run whose values make slices
   * @return the classes of both
   * @throws IllegalArgumentException if the runs have no class in common, or a column cannot make
   *     slices
   */
  public static CommonClasses requireAlike(RunPredictions a, RunPredictions b, List<String> by) {
    CommonClasses classes = CommonClasses.of(a, b);
    by.forEach(column -> requireSliceable(b, column));
    return classes;
  }

  /**
   * @param by columns of the second run whose values make slices
   * @throws IllegalArgumentException as {@link #requireAlike} does, and if a path stands in a run
   *     twice or the runs have no image in common
   */
  public static PairedRuns join(RunPredictions a, RunPredictions b, List<String> by) {
    CommonClasses classes = requireAlike(a, b, by);
    requireOnePathEach(a);
    requireOnePathEach(b);
    Dataset<Row> joined =
        side(a, PairColumns.A, identity(a.classNames().size()), List.of())
            .join(side(b, PairColumns.B, classes.ofB(), by), RELATIVE_PATH, "full_outer")
            .persist();
    PairedRuns runs = new PairedRuns(joined, classes, by);
    try {
      runs.requireCommonImages(a, b);
      return runs;
    } catch (RuntimeException e) {
      runs.close();
      throw e;
    }
  }

  private static List<Integer> identity(int classes) {
    return IntStream.range(0, classes).boxed().toList();
  }

  /** What a run tells of its images, its class indices made common. */
  private static Dataset<Row> side(
      RunPredictions run, PairColumns columns, List<Integer> common, List<String> by) {
    List<Column> selected = new ArrayList<>();
    selected.add(col(RELATIVE_PATH));
    selected.add(lit(true).as(columns.present()));
    selected.add(common(LABEL_INDEX, common).as(columns.label()));
    selected.add(common(PREDICTED_INDEX, common).as(columns.predicted()));
    selected.add(col(PROBABILITY).cast(DataTypes.DoubleType).as(columns.probability()));
    selected.add(col(LABEL_RANK).as(columns.rank()));
    for (int slice = 0; slice < by.size(); slice++) {
      selected.add(
          col(quoted(by.get(slice))).cast(DataTypes.StringType).as(PairedSliceQuery.column(slice)));
    }
    return run.predictions().select(selected.toArray(Column[]::new));
  }

  private static Column common(String index, List<Integer> common) {
    return element_at(lit(common.toArray(Integer[]::new)), col(index).plus(1));
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private static void requireSliceable(RunPredictions run, String column) {
    StructType schema = run.predictions().schema();
    if (!List.of(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          "Cannot use compare.by = %s: the predictions of %s have no such column; they have %s"
              .formatted(column, run.name(), String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.apply(column).dataType();
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      throw new IllegalArgumentException(
          "Cannot use compare.by = %s: it is of type %s, which makes no slices"
              .formatted(column, type.simpleString()));
    }
  }

  private static void requireOnePathEach(RunPredictions run) {
    List<Row> wrong =
        run.predictions()
            .groupBy(RELATIVE_PATH)
            .agg(count(lit(1)).as("images"))
            .where(col("images").gt(1).or(col(RELATIVE_PATH).isNull()))
            .orderBy(RELATIVE_PATH)
            .limit(1)
            .collectAsList();
    if (!wrong.isEmpty()) {
      Row row = wrong.get(0);
      String why =
          row.isNullAt(0)
              ? "%,d of its images have no relative path".formatted(row.getLong(1))
              : "%,d of its images have the relative path %s"
                  .formatted(row.getLong(1), row.getString(0));
      throw new IllegalArgumentException(
          "Cannot compare %s image by image: %s. %s".formatted(run.name(), why, UNPAIRED));
    }
  }

  private void requireCommonImages(RunPredictions a, RunPredictions b) {
    Column both = col(PairColumns.A.present()).and(col(PairColumns.B.present()));
    if (!joined.where(both).isEmpty()) {
      return;
    }
    throw new IllegalArgumentException(
        "Cannot compare %s with %s image by image: no image is in both. The first paths are %s and %s. %s"
            .formatted(b.name(), a.name(), firstPath(b), firstPath(a), UNPAIRED));
  }

  private static String firstPath(RunPredictions run) {
    return run.predictions().agg(min(RELATIVE_PATH)).first().getString(0);
  }

  /** The classes of both runs. */
  public CommonClasses classes() {
    return classes;
  }

  /** Counts the pairs; the driver holds sums for each class and slice, never images. */
  public PairedComparison measure() {
    return new PairQuery(joined, classes, by).run();
  }

  /**
   * Every image that the runs took for different classes, sorted by path: columns as {@link
   * ChangedImage} has them.
   */
  public Dataset<Row> changed() {
    return new ChangedQuery(joined, classes).all();
  }

  @Override
  public void close() {
    joined.unpersist();
  }
}
