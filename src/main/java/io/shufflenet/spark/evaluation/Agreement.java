package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far labels and predictions agree, in single figures that a frequent class alone does not make
 * large.
 *
 * @param balancedAccuracy mean recall of the classes that have evaluated images, from 0 to 1
 * @param kappa Cohen's (1960): 1 where all agree, 0 for what chance gives with the same frequencies
 *     of labels and predictions; null where both are of one and the same class, for there chance
 *     agrees too
 * @param matthews correlation of labels and predictions (Gorodkin, 2004), from -1 to 1; 0 where
 *     either are all of one class
 */
public record Agreement(double balancedAccuracy, Double kappa, double matthews) {

  /** Null without evaluated images. */
  static Agreement of(List<ClassMetrics> classes) {
    double images = sum(classes, ClassMetrics::support);
    if (images == 0) {
      return null;
    }
    double pairs = images * images;
    double chance = sum(classes, one -> (double) one.support() * one.predicted());
    double beyondChance = images * sum(classes, ClassMetrics::correct) - chance;
    double labels = pairs - sum(classes, one -> square(one.support()));
    double predictions = pairs - sum(classes, one -> square(one.predicted()));
    return new Agreement(
        balancedAccuracy(classes),
        pairs == chance ? null : (Double) (beyondChance / (pairs - chance)),
        labels * predictions == 0 ? 0 : beyondChance / Math.sqrt(labels * predictions));
  }

  private static double balancedAccuracy(List<ClassMetrics> classes) {
    List<ClassMetrics> present = classes.stream().filter(one -> one.support() > 0).toList();
    return sum(present, ClassMetrics::recall) / present.size();
  }

  private static double sum(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> term) {
    double sum = 0;
    for (ClassMetrics one : classes) {
      sum += term.applyAsDouble(one);
    }
    return sum;
  }

  private static double square(long count) {
    return (double) count * count;
  }
}
