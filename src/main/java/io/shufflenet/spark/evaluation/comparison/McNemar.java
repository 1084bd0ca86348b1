package io.shufflenet.spark.evaluation.comparison;

import org.apache.commons.math3.special.Beta;

/**
 * McNemar's test (1947) in its exact form: whether two runs that judged the same images differ in
 * accuracy. Under the hypothesis that they do not, each image that only one run has right is as
 * likely to be the first's as the second's. The binomial distribution's tail is an incomplete beta
 * function, computed by Apache Commons Math, which is a part of Spark.
 */
final class McNemar {
  private McNemar() {}

  /**
   * The two-sided p-value, from 0 to 1; 1 where no image tells the runs apart.
   *
   * @param lost images that only the first run has right
   * @param gained images that only the second run has right
   */
  static double pValue(long lost, long gained) {
    if (Math.abs(lost - gained) <= 1) {
      return 1; // twice the tail holds the whole distribution
    }
    double fewer = Math.min(lost, gained);
    double more = Math.max(lost, gained);
    return Math.min(1, 2 * Beta.regularizedBeta(0.5, more, fewer + 1));
  }
}
