package io.shufflenet.spark.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * Softmax and order of one image's logits, in double precision. Of equal logits the one of lower
 * index ranks first. A logit of minus infinity is a class that cannot be: its probability is 0, and
 * it ranks behind all others.
 */
final class Ranking {
  private final float[] logits;
  private final double temperature;
  private final double max;
  private final double sum;

  /**
   * @param logits one for each class, at least one of them finite
   * @param temperature what the logits are divided by before the softmax (Guo et al. 2017)
   */
  Ranking(float[] logits, double temperature) {
    this.logits = logits;
    this.temperature = temperature;
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double total = 0;
    for (float logit : logits) {
      total += Math.exp((logit - largest) / temperature);
    }
    max = largest;
    sum = total;
  }

  static boolean isFinite(float[] logits) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return false;
      }
    }
    return true;
  }

  double probability(int index) {
    return Math.exp((logits[index] - max) / temperature) / sum;
  }

  /** Minus the log of the softmax: finite also where the probability underflows. */
  double negativeLogLikelihood(int index) {
    return Math.log(sum) - (logits[index] - max) / temperature;
  }

  double squaredProbability() {
    double sum = 0;
    for (int index = 0; index < logits.length; index++) {
      double probability = probability(index);
      sum += probability * probability;
    }
    return sum;
  }

  /** 1 for the best class. */
  int rank(int index) {
    int rank = 1;
    for (int other = 0; other < logits.length; other++) {
      if (isBefore(other, index)) {
        rank++;
      }
    }
    return rank;
  }

  /** The best {@code min(k, classes)} classes, best first. */
  List<Integer> top(int k) {
    List<Integer> best = new ArrayList<>(k + 1);
    for (int index = 0; index < logits.length; index++) {
      int place = best.size();
      while (place > 0 && isBefore(index, best.get(place - 1))) {
        place--;
      }
      if (place < k) {
        best.add(place, index);
        if (best.size() > k) {
          best.remove(k);
        }
      }
    }
    return best;
  }

  private boolean isBefore(int one, int other) {
    return logits[one] > logits[other] || (logits[one] == logits[other] && one < other);
  }

  Float[] probabilities() {
    Float[] probabilities = new Float[logits.length];
    for (int index = 0; index < logits.length; index++) {
      probabilities[index] = (float) probability(index);
    }
    return probabilities;
  }
}
