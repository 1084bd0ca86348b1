package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.function.Function;

/**
 * Unweighted means over the classes that have evaluated images or were predicted; an undefined
 * value counts as 0, as scikit-learn's {@code average='macro'} does by default.
 *
 * @param undefinedClasses how many of the model's classes lack a precision or a recall
 */
public record MacroAverages(double precision, double recall, double f1, long undefinedClasses) {
  /** Null where no class occurs. */
  static MacroAverages of(List<ClassMetrics> classes) {
    List<ClassMetrics> occurring = classes.stream().filter(ClassMetrics::occurs).toList();
    if (occurring.isEmpty()) {
      return null;
    }
    return new MacroAverages(
        mean(occurring, ClassMetrics::precision),
        mean(occurring, ClassMetrics::recall),
        mean(occurring, ClassMetrics::f1),
        classes.stream().filter(ClassMetrics::isUndefined).count());
  }

  private static double mean(List<ClassMetrics> classes, Function<ClassMetrics, Double> metric) {
    double sum = 0;
    for (ClassMetrics one : classes) {
      Double value = metric.apply(one);
      sum += value == null ? 0 : value;
    }
    return sum / classes.size();
  }
}
