package io.shufflenet.spark.evaluation;

/**
 * The share of images that were hit, with its 95 % Wilson score interval (Wilson 1927).
 *
 * @param hits from 0 to {@code images}
 * @param images at least 1
 * @param accuracy hits over images
 * @param low lower end of the interval, 0 without hits
 * @param high upper end of the interval, 1 without misses
 */
public record Accuracy(long hits, long images, double accuracy, double low, double high) {
  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /** Null where there are no images. */
  public static Accuracy of(long hits, long images) {
    if (images == 0) {
      return null;
    }
    double share = (double) hits / images;
    double shrinkage = 1 + Z * Z / images;
    double centre = (share + Z * Z / (2.0 * images)) / shrinkage;
    double variance = share * (1 - share) / images + Z * Z / (4.0 * images * images);
    double halfWidth = Z * Math.sqrt(variance) / shrinkage;
    double low = hits == 0 ? 0 : centre - halfWidth;
    double high = hits == images ? 1 : centre + halfWidth;
    return new Accuracy(hits, images, share, low, high);
  }

  /** The share of misses. */
  public double error() {
    return (double) (images - hits) / images;
  }

  /** Lower end of the error rate's interval. */
  public double errorLow() {
    return 1 - high;
  }

  /** Upper end of the error rate's interval. */
  public double errorHigh() {
    return 1 - low;
  }
}
