package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.LABEL_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.PREDICTED_INDEX;
import static io.shufflenet.spark.results.PredictionSchema.RELATIVE_PATH;
import static io.shufflenet.spark.results.PredictionSchema.SCORES;

import io.shufflenet.spark.evaluation.ScaledScores.Derivatives;
import io.shufflenet.spark.evaluation.TemperatureQuery.Halves;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The temperature that suits a set of predictions best (temperature scaling: Guo et al., On
 * Calibration of Modern Neural Networks, 2017), and what it brings on images that it was not fitted
 * to. The images are halved by the MD5 of their relative path: those whose first hexadecimal digit
 * is 0 to 7 are fitted, the others held out.
 *
 * @param temperature what logits are to be divided by, rounded to 4 decimals
 * @param madeAt the temperature that the predictions were made at
 * @param fitted how many images it was fitted to
 * @param heldOut how many images tell what it brings
 * @param nllBefore mean negative log-likelihood of the held-out images' labels as predicted
 * @param nllAfter the same at {@code temperature}
 * @param eceBefore expected calibration error of the held-out images as predicted, by 15 bins
 * @param eceAfter the same at {@code temperature}
 */
public record TemperatureFit(
    double temperature,
    double madeAt,
    long fitted,
    long heldOut,
    double nllBefore,
    double nllAfter,
    double eceBefore,
    double eceAfter) {
  /** The search ends at this factor above and below {@code madeAt}. */
  private static final double RANGE = 20;

  private static final long FEWEST_IMAGES = 100;
  private static final int MOST_STEPS = 50;
  private static final double PRECISION = 1e-6;
  private static final double UNITS = 1e4;

  /**
   * Minimises the mean negative log-likelihood of the fitted half, which is convex in 1 / T, by
   * Newton's method: a pass over the scores for each of about five steps, and four more. The result
   * does not depend on order or partitioning.
   *
   * @param predictions columns of {@link io.shufflenet.spark.results.PredictionSchema} with {@code
   *     scores}; images without a label or a prediction are left out
   * @param madeAt the temperature that the predictions were made at
   * @throws IllegalArgumentException if there are no scores, or scores that are no probabilities;
   *     if there are fewer than 100 images in a half; if no temperature from a 20th to 20 times
   *     {@code madeAt} is best
   */
  public static TemperatureFit fit(Dataset<Row> predictions, double madeAt) {
    requireColumns(Set.of(predictions.columns()));
    TemperatureQuery query = new TemperatureQuery(predictions);
    Halves halves = query.halves();
    requireImages(halves);
    long unsound = query.unsound();
    if (unsound > 0) {
      throw cannotFit(
          "the scores of %,d images are not the probabilities of their classes", unsound);
    }
    double temperature = Math.rint(madeAt / bestPower(query, halves.fitted()) * UNITS) / UNITS;
    Calibration before = query.heldOut(1);
    Calibration after = query.heldOut(madeAt / temperature);
    return new TemperatureFit(
        temperature,
        madeAt,
        halves.fitted(),
        halves.heldOut(),
        before.negativeLogLikelihood(),
        after.negativeLogLikelihood(),
        before.expectedError(),
        after.expectedError());
  }

  /** The setting that applies the temperature. */
  public String setting() {
    return "inference.temperature = " + temperature;
  }

  private static void requireColumns(Set<String> columns) {
    if (!columns.contains(SCORES)) {
      throw cannotFit("the predictions have no column scores; make them with output.scores = true");
    }
    for (String column : List.of(LABEL_INDEX, PREDICTED_INDEX, RELATIVE_PATH)) {
      if (!columns.contains(column)) {
        throw cannotFit("the predictions have no column %s", column);
      }
    }
  }

  private static void requireImages(Halves halves) {
    if (halves.unnamed() > 0) {
      throw cannotFit(
          "%,d images have no relative path, by which they are halved", halves.unnamed());
    }
    if (Math.min(halves.fitted(), halves.heldOut()) < FEWEST_IMAGES) {
      throw cannotFit(
          "of the images with label and scores %,d are to be fitted and %,d held out, and it takes"
              + " at least %,d each",
          halves.fitted(), halves.heldOut(), FEWEST_IMAGES);
    }
  }

  private static double bestPower(TemperatureQuery query, long images) {
    double low = 1 / RANGE;
    double high = RANGE;
    double power = 1;
    List<Derivatives> first = query.derivatives(images, low, power, high);
    if (first.get(0).slope() >= 0) {
      throw cannotFit("the best one is more than %.0f times that of the predictions", RANGE);
    }
    if (first.get(2).slope() <= 0) {
      throw cannotFit(
          "the best one is less than 1/%.0f of that of the predictions: as good as all of the"
              + " images are right",
          RANGE);
    }
    Derivatives here = first.get(1);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (here.slope() > 0) {
        high = power;
      } else {
        low = power;
      }
      double next = power - here.slope() / here.curvature();
      if (!(next > low && next < high)) {
        next = Math.sqrt(low * high);
      }
      if (Math.abs(next / power - 1) < PRECISION) {
        return next;
      }
      power = next;
      here = query.derivatives(images, power).get(0);
    }
    return power;
  }

  private static IllegalArgumentException cannotFit(String reason, Object... values) {
    return new IllegalArgumentException(
        "Cannot fit a temperature: " + String.format(Locale.ROOT, reason, values));
  }
}
