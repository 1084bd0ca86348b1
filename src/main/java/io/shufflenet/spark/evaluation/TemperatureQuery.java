package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.LABEL_NLL;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static io.shufflenet.spark.results.PredictionSchema.SCORES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;

import io.shufflenet.spark.evaluation.ScaledScores.Derivatives;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Asks the evaluated images of a table with scores, each question in one pass. The driver holds
 * sums only, which are exact sums of values rounded to 12 decimals: neither order nor partitioning
 * changes them.
 */
final class TemperatureQuery {
  private static final int DECIMALS = 12;

  /** Larger log-likelihoods are cut, so that no sum overflows. */
  private static final double LARGEST = 1e9;

  private static final Set<Fact> FACTS =
      EnumSet.of(Fact.LABEL_CLASS, Fact.CONFIDENCE, Fact.LIKELIHOOD);

  private static final StructType RESCALED =
      new StructType()
          .add(LABEL_INDEX, DataTypes.IntegerType)
          .add(PREDICTED_INDEX, DataTypes.IntegerType)
          .add(PROBABILITY, DataTypes.DoubleType)
          .add(LABEL_NLL, DataTypes.DoubleType);

  private final Dataset<Row> images;

  /**
   * @param predictions with scores, labels, predictions and relative paths; {@code label_nll} makes
   *     the fit more exact
   */
  TemperatureQuery(Dataset<Row> predictions) {
    boolean likelihoods = Arrays.asList(predictions.columns()).contains(LABEL_NLL);
    this.images =
        predictions
            .where(
                col(LABEL_INDEX)
                    .isNotNull()
                    .and(col(PREDICTED_INDEX).isNotNull())
                    .and(col(SCORES).isNotNull()))
            .select(
                col(LABEL_INDEX),
                col(PREDICTED_INDEX),
                (likelihoods ? col(LABEL_NLL) : lit(null)).cast(DataTypes.DoubleType).as(LABEL_NLL),
                col(SCORES),
                col(RELATIVE_PATH));
  }

  /**
   * How many images there are.
   *
   * @param unnamed without a relative path, and so in neither half
   */
  record Halves(long fitted, long heldOut, long unnamed) {}

  Halves halves() {
    Row row =
        images
            .agg(
                count_if(isFitted()),
                count_if(not(isFitted())),
                count_if(col(RELATIVE_PATH).isNull()))
            .first();
    return new Halves(row.getLong(0), row.getLong(1), row.getLong(2));
  }

  /** By the first hexadecimal digit of the path's MD5. */
  private static Column isFitted() {
    return substring(md5(col(RELATIVE_PATH)), 1, 1).lt("8");
  }

  /** How many images, of both halves, have scores that are no probabilities of their classes. */
  long unsound() {
    StructType one = new StructType().add("sound", DataTypes.BooleanType);
    MapFunction<Row, Row> sound = row -> RowFactory.create(scores(row).areProbabilities());
    return images.map(sound, Encoders.row(one)).where(not(col("sound"))).count();
  }

  /**
   * The derivatives of the fitted half's mean negative log-likelihood at some powers.
   *
   * @param count how many images that half has
   */
  List<Derivatives> derivatives(long count, double... powers) {
    StructType schema = new StructType();
    List<Column> sums = new ArrayList<>();
    for (int i = 0; i < powers.length; i++) {
      for (String name : List.of("slope" + i, "curvature" + i)) {
        schema = schema.add(name, DataTypes.DoubleType);
        sums.add(sum(col(name).cast(DataTypes.createDecimalType(28, DECIMALS))));
      }
    }
    MapFunction<Row, Row> derivatives = row -> derivatives(row, powers);
    Row row =
        images
            .where(isFitted())
            .map(derivatives, Encoders.row(schema))
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
            .first();
    List<Derivatives> means = new ArrayList<>();
    for (int i = 0; i < powers.length; i++) {
      means.add(
          new Derivatives(
              mean(row.getDecimal(2 * i), count), mean(row.getDecimal(2 * i + 1), count)));
    }
    return means;
  }

  private static Row derivatives(Row image, double... powers) {
    ScaledScores scores = scores(image);
    Object[] values = new Object[2 * powers.length];
    for (int i = 0; i < powers.length; i++) {
      Derivatives derivatives = scores.derivatives(powers[i]);
      values[2 * i] = Math.min(derivatives.slope(), LARGEST);
      values[2 * i + 1] = derivatives.curvature();
    }
    return RowFactory.create(values);
  }

  private static double mean(BigDecimal sum, long count) {
    return sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64).doubleValue();
  }

  /** What the held-out half's probabilities are worth at a power. */
  Calibration heldOut(double power) {
    MapFunction<Row, Row> rescale =
        row -> {
          ScaledScores scores = scores(row);
          return RowFactory.create(
              row.getInt(0), row.getInt(1), scores.confidence(power), scores.nll(power));
        };
    BinColumns columns = new BinColumns(new Reading(FACTS));
    List<Column> sums = columns.sums();
    BinCounts[] bins = new BinCounts[Calibration.FINE_BINS];
    Arrays.fill(bins, BinCounts.NONE);
    images
        .where(not(isFitted()))
        .map(rescale, Encoders.row(RESCALED))
        .groupBy(columns.bin().as("bin"))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .collectAsList()
        .forEach(row -> bins[row.getInt(0)] = BinColumns.counts(row, 1));
    return new Calibration(Arrays.asList(bins), FACTS);
  }

  private static ScaledScores scores(Row row) {
    Double nll = row.isNullAt(2) ? null : (Double) Math.min(row.getDouble(2), LARGEST);
    return new ScaledScores(row.<Number>getList(3), row.getInt(0), nll);
  }
}
