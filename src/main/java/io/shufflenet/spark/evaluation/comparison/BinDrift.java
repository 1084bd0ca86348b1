package io.shufflenet.spark.evaluation.comparison;

import java.util.Comparator;

/**
 * One bin of a feature in two runs.
 *
 * @param position in the natural order of the feature's bins, from 0
 * @param a images of the first run
 * @param b images of the second run
 * @param shareA of the first run's images that have the feature; null where it has none
 * @param shareB of the second run's images that have the feature; null where it has none
 * @param contribution to the feature's stability index; null where the feature has none
 */
public record BinDrift(
    String bin, int position, long a, long b, Double shareA, Double shareB, Double contribution) {
  static final Comparator<BinDrift> LARGEST_CONTRIBUTION_FIRST =
      Comparator.comparing(BinDrift::contribution, Comparator.nullsFirst(Comparator.naturalOrder()))
          .reversed()
          .thenComparingInt(BinDrift::position);
}
