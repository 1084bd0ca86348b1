package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.evaluation.Accuracy;

/**
 * The accuracies of two runs over the same images.
 *
 * @param a of the first run
 * @param b of the second run
 * @param difference b minus a, with the interval for paired proportions
 * @param gained images that only the second run has right
 * @param lost images that only the first run has right
 * @param pValue of McNemar's exact two-sided test
 */
public record PairedAccuracy(
    Accuracy a, Accuracy b, Difference difference, long gained, long lost, double pValue) {
  /** Below it, a difference is called significant. */
  public static final double SIGNIFICANCE = 0.05;

  /** Null where there are no images. */
  static PairedAccuracy of(PairedCounts counts) {
    long images = counts.images();
    return images == 0
        ? null
        : new PairedAccuracy(
            Accuracy.of(counts.hitsA(), images),
            Accuracy.of(counts.hitsB(), images),
            Difference.ofPairs(counts),
            counts.gained(),
            counts.lost(),
            McNemar.pValue(counts.lost(), counts.gained()));
  }

  /** Images that both runs were measured on. */
  public long images() {
    return a.images();
  }

  public boolean isSignificant() {
    return pValue < SIGNIFICANCE;
  }
}
