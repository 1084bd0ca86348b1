package io.shufflenet.spark.evaluation.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run's images are counted by, to see whether two runs are made of the same. */
public enum Feature {
  /** The class that an image was taken for. */
  PREDICTED_CLASS,
  /**
   * The probability of that class, in 20 bins of equal width, closed on the right; the first holds
   * 0 too.
   */
  CONFIDENCE,
  /** Stage and kind of an image's failure, {@code none} for an image that was predicted. */
  FAILURE,
  /** Width times height in millions of pixels; a bin holds its lower end and not its upper one. */
  MEGAPIXELS,
  /** Width over height, as stored; a bin holds its lower end and not its upper one. */
  ASPECT_RATIO;

  static final int CONFIDENCE_BINS = 20;
  static final double[] MEGAPIXEL_ENDS = {0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16};
  static final double[] ASPECT_RATIO_ENDS = {0.5, 0.7, 0.8, 0.95, 1.05, 1.25, 1.4, 1.6, 2};
  static final String NO_FAILURE = "none";

  /** For example {@code predicted-class}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the bins that a number marks are called, in their order. */
  static List<String> confidenceBins() {
    List<String> bins = new ArrayList<>();
    for (int bin = 0; bin < CONFIDENCE_BINS; bin++) {
      bins.add(
          String.format(
              Locale.ROOT,
              "%.2f to %.2f",
              (double) bin / CONFIDENCE_BINS,
              (bin + 1.0) / CONFIDENCE_BINS));
    }
    return bins;
  }

  /** What the bins between these ends are called, in their order: one more than there are ends. */
  static List<String> binsBetween(double[] ends) {
    List<String> bins = new ArrayList<>();
    bins.add("below " + number(ends[0]));
    for (int end = 1; end < ends.length; end++) {
      bins.add(number(ends[end - 1]) + " to " + number(ends[end]));
    }
    bins.add(number(ends[ends.length - 1]) + " and more");
    return bins;
  }

  private static String number(double end) {
    return end == Math.rint(end) ? Long.toString((long) end) : Double.toString(end);
  }
}
