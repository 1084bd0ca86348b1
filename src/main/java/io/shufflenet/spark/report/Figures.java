package io.shufflenet.spark.report;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.comparison.Difference;

/** Numbers as the summaries write them, the same in every locale. */
final class Figures {
  private static final double LEAST_P = 0.0001;

  private Figures() {}

  static String percent(double share) {
    return format(ROOT, "%.2f %%", 100 * share);
  }

  /** Of a share, as points of a hundred. */
  static String points(double difference) {
    return format(ROOT, "%+.2f", 100 * difference);
  }

  /** As shares, in percent. */
  static String interval(Accuracy accuracy) {
    return format(ROOT, "%.2f to %.2f %%", 100 * accuracy.low(), 100 * accuracy.high());
  }

  /** In points. */
  static String interval(Difference difference) {
    return format(ROOT, "%+.2f to %+.2f", 100 * difference.low(), 100 * difference.high());
  }

  /**
   * @param prefix of the value: {@code "p "} for {@code p = 0.0312}, none for the number alone
   */
  static String p(String prefix, double value) {
    if (value < LEAST_P) {
      return prefix + "< 0.0001";
    }
    return prefix.isEmpty() ? format(ROOT, "%.4f", value) : format(ROOT, "%s= %.4f", prefix, value);
  }

  /** A dash for null. */
  static String decimal(Double value) {
    return value == null ? "-" : format(ROOT, "%.4f", value);
  }

  static String whole(long count) {
    return format(ROOT, "%,d", count);
  }

  static String images(long count) {
    return count == 1 ? "1 image" : format(ROOT, "%,d images", count);
  }
}
