package io.shufflenet.spark.evaluation.comparison;

import static io.shufflenet.spark.results.PredictionSchema.ERROR;
import static io.shufflenet.spark.results.PredictionSchema.HEIGHT;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.WIDTH;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How many of a run's images fall into each bin of each {@link Feature}.
 *
 * @param counts by feature and then by bin, the empty ones left out; bins are classes' indices,
 *     kinds of failure, or numbers from 0
 */
public record RunProfile(Map<Feature, Map<String, Long>> counts) {
  private static final String FEATURE = "feature";
  private static final String BIN = "bin";
  private static final double PIXELS = 1e6;

  /** Counts with Spark in one pass. */
  public static RunProfile of(RunPredictions run) {
    Dataset<Row> bins =
        run.predictions()
            .select(
                explode(
                        array(
                            Arrays.stream(Feature.values())
                                .map(RunProfile::featureAndBin)
                                .toArray(Column[]::new)))
                    .as("one"))
            .select("one.*")
            .where(col(BIN).isNotNull())
            .groupBy(FEATURE, BIN)
            .agg(count(lit(1)));
    Map<Feature, Map<String, Long>> counts = new EnumMap<>(Feature.class);
    for (Feature feature : Feature.values()) {
      counts.put(feature, new TreeMap<>());
    }
    for (Row row : bins.collectAsList()) {
      counts.get(Feature.valueOf(row.getString(0))).put(row.getString(1), row.getLong(2));
    }
    return new RunProfile(counts);
  }

  private static Column featureAndBin(Feature feature) {
    return struct(lit(feature.name()).as(FEATURE), bin(feature).cast(DataTypes.StringType).as(BIN));
  }

  /** Null where the image has none. */
  private static Column bin(Feature feature) {
    return switch (feature) {
      case PREDICTED_CLASS -> col(PREDICTED_INDEX);
      case CONFIDENCE -> confidence();
      case FAILURE -> failure();
      case MEGAPIXELS ->
          between(
              Feature.MEGAPIXEL_ENDS,
              col(WIDTH).cast(DataTypes.DoubleType).multiply(col(HEIGHT)).divide(PIXELS));
      case ASPECT_RATIO ->
          between(
              Feature.ASPECT_RATIO_ENDS, col(WIDTH).cast(DataTypes.DoubleType).divide(col(HEIGHT)));
    };
  }

  /** A float times 20 is exact in double, and so is the decision at a bin's end. */
  private static Column confidence() {
    Column closedOnTheRight =
        ceil(col(PROBABILITY).cast(DataTypes.DoubleType).multiply(Feature.CONFIDENCE_BINS))
            .minus(1);
    return when(col(PROBABILITY).isNotNull(), greatest(lit(0L), closedOnTheRight));
  }

  private static Column failure() {
    Column error = col(ERROR);
    return coalesce(
        concat(error.getField("stage"), lit(": "), error.getField("kind")),
        lit(Feature.NO_FAILURE));
  }

  /** How many ends lie at or below the value. */
  private static Column between(double[] ends, Column value) {
    Column bin = lit(0);
    for (double end : ends) {
      bin = bin.plus(value.geq(end).cast(DataTypes.IntegerType));
    }
    return bin;
  }

  Map<String, Long> of(Feature feature) {
    return counts.get(feature);
  }

  /** The bins' names, by what marks them in {@link #counts}, of features whose bins are numbers. */
  static List<String> names(Feature feature) {
    return switch (feature) {
      case CONFIDENCE -> Feature.confidenceBins();
      case MEGAPIXELS -> Feature.binsBetween(Feature.MEGAPIXEL_ENDS);
      case ASPECT_RATIO -> Feature.binsBetween(Feature.ASPECT_RATIO_ENDS);
      case PREDICTED_CLASS, FAILURE -> List.of();
    };
  }
}
