package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.evaluation.Accuracy;

/**
 * By how much the second of two accuracies is higher, with its 95 % interval: the Wilson intervals
 * of the two, squared and added. All three lie between -1 and 1.
 *
 * @param difference the second accuracy minus the first
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Difference(double difference, double low, double high) {

  /**
   * Of two samples that share no image: method 10 of Newcombe, "Interval estimation for the
   * difference between independent proportions", Statistics in Medicine 17, 873-890 (1998).
   *
   * @return null where either is null
   */
  public static Difference ofIndependent(Accuracy a, Accuracy b) {
    return a == null || b == null ? null : squareAndAdd(a, b, 0, b.accuracy() - a.accuracy());
  }

  /**
   * Of the same images in both: method 10 of Newcombe, "Improved confidence intervals for the
   * difference between binomial proportions based on paired data", Statistics in Medicine 17,
   * 2635-2650 (1998).
   *
   * @param counts of at least one image
   */
  static Difference ofPairs(PairedCounts counts) {
    return squareAndAdd(
        Accuracy.of(counts.hitsA(), counts.images()),
        Accuracy.of(counts.hitsB(), counts.images()),
        correlation(counts),
        (double) (counts.gained() - counts.lost()) / counts.images());
  }

  /** The phi coefficient, a positive one corrected for continuity; 0 where it is undefined. */
  private static double correlation(PairedCounts counts) {
    double images = counts.images();
    double margins =
        (double) counts.hitsA()
            * (images - counts.hitsA())
            * counts.hitsB()
            * (images - counts.hitsB());
    if (margins == 0) {
      return 0;
    }
    double determinant =
        (double) counts.both() * counts.neither() - (double) counts.lost() * counts.gained();
    double corrected = determinant > 0 ? Math.max(determinant - images / 2, 0) : determinant;
    return corrected / Math.sqrt(margins);
  }

  private static Difference squareAndAdd(
      Accuracy a, Accuracy b, double correlation, double difference) {
    double below = distance(b.accuracy() - b.low(), a.high() - a.accuracy(), correlation);
    double above = distance(b.high() - b.accuracy(), a.accuracy() - a.low(), correlation);
    return new Difference(
        difference, Math.max(-1, difference - below), Math.min(1, difference + above));
  }

  private static double distance(double one, double other, double correlation) {
    double square = one * one - 2 * correlation * one * other + other * other;
    return Math.sqrt(Math.max(0, square));
  }
}
