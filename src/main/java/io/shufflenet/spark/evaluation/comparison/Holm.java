package io.shufflenet.spark.evaluation.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adjusts the p-values of tests that are made together, so that the chance of even one false alarm
 * stays below the level of each: Holm, "A simple sequentially rejective multiple test procedure",
 * Scandinavian Journal of Statistics 6, 65-70 (1979).
 */
final class Holm {
  private Holm() {}

  /** The adjusted values, in the order of the given ones; none is smaller than it was. */
  static double[] adjust(List<Double> pValues) {
    int tests = pValues.size();
    double[] adjusted = new double[tests];
    double largest = 0;
    int[] rising =
        IntStream.range(0, tests)
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank = 0; rank < tests; rank++) {
      largest = Math.max(largest, Math.min(1, (tests - rank) * pValues.get(rising[rank])));
      adjusted[rising[rank]] = largest;
    }
    return adjusted;
  }
}
