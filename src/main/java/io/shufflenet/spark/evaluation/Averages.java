package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Means over the classes that have evaluated images or were predicted; an undefined value counts as
 * 0, as in scikit-learn by default. Weighted by support, recall is the accuracy.
 */
public record Averages(double precision, double recall, double f1) {

  /** Each class alike, as {@code average='macro'}; null where no class occurs. */
  static Averages macro(List<ClassMetrics> classes) {
    return of(classes, one -> one.occurs() ? 1 : 0);
  }

  /** Each class by its support, as {@code average='weighted'}; null without evaluated images. */
  static Averages weighted(List<ClassMetrics> classes) {
    return of(classes, ClassMetrics::support);
  }

  private static Averages of(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> weight) {
    double sum = classes.stream().mapToDouble(weight).sum(); // of whole numbers, exact
    return sum == 0
        ? null
        : new Averages(
            mean(classes, weight, sum, ClassMetrics::precision),
            mean(classes, weight, sum, ClassMetrics::recall),
            mean(classes, weight, sum, ClassMetrics::f1));
  }

  private static double mean(
      List<ClassMetrics> classes,
      ToDoubleFunction<ClassMetrics> weight,
      double sumOfWeights,
      Function<ClassMetrics, Double> metric) {
    double sum = 0;
    for (ClassMetrics one : classes) {
      Double value = metric.apply(one);
      sum += value == null ? 0 : weight.applyAsDouble(one) * value;
    }
    return sum / sumOfWeights;
  }
}
