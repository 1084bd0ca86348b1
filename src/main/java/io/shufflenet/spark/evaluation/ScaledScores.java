package io.shufflenet.spark.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * One image's probabilities as another temperature would give them. A probability p at temperature
 * T0 is p to the power T0 / T at temperature T, once all are made to add up to 1 again: log p is
 * the logit over T0, up to a constant. What has underflowed to 0 stays 0.
 */
final class ScaledScores {
  /** Scores of half precision add up no better. */
  private static final double SUM_TOLERANCE = 0.01;

  private final double[] logs;
  private final double labelNll;
  private final double largest;
  private final boolean probabilities;

  /**
   * @param scores a probability for each class
   * @param label its index
   * @param labelNll minus the log of the label's probability, which is more exact than its score;
   *     null where only the score tells
   */
  ScaledScores(List<? extends Number> scores, int label, Double labelNll) {
    this.logs = new double[scores.size()];
    double sum = 0;
    boolean sound = label >= 0 && label < logs.length;
    for (int index = 0; index < logs.length; index++) {
      Number score = scores.get(index);
      double probability = score == null ? Double.NaN : score.doubleValue();
      sound &= probability >= 0;
      sum += probability;
      logs[index] = Math.log(probability);
    }
    this.probabilities = sound && Math.abs(sum - 1) <= SUM_TOLERANCE;
    if (probabilities) {
      logs[label] = labelNll == null ? Math.max(logs[label], Math.log(Float.MIN_VALUE)) : -labelNll;
    }
    this.labelNll = probabilities ? -logs[label] : Double.NaN;
    this.largest = Arrays.stream(logs).max().orElse(Double.NaN);
  }

  /** Whether the scores are probabilities and the label is one of their classes. */
  boolean areProbabilities() {
    return probabilities;
  }

  /** The label's negative log-likelihood. */
  double nll(double power) {
    return Math.log(weights(power)) - power * (-labelNll - largest);
  }

  /** The largest probability. */
  double confidence(double power) {
    return 1 / weights(power);
  }

  /** The first two derivatives of {@link #nll} by the power: it is convex. */
  Derivatives derivatives(double power) {
    double weights = 0;
    double mean = 0;
    double squares = 0;
    for (double log : logs) {
      if (log > Double.NEGATIVE_INFINITY) {
        double weight = Math.exp(power * (log - largest));
        weights += weight;
        mean += weight * (log - largest);
        squares += weight * (log - largest) * (log - largest);
      }
    }
    mean /= weights;
    return new Derivatives(mean + largest + labelNll, squares / weights - mean * mean);
  }

  private double weights(double power) {
    double weights = 0;
    for (double log : logs) {
      weights += Math.exp(power * (log - largest));
    }
    return weights;
  }

  record Derivatives(double slope, double curvature) {}
}
