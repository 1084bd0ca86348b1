package io.shufflenet.spark.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy against coverage: what remains of the images, and how accurate it is, where a threshold
 * leaves the unsure ones out (the risk-coverage curve of El-Yaniv and Wiener 2010, with accuracy
 * for risk).
 */
final class Coverage {
  /** A new point when coverage has grown by a hundredth. */
  private static final long POINTS = 100;

  private final List<BinCounts> bins;
  private final long images;

  /**
   * @param bins {@link Calibration#FINE_BINS} of them
   */
  Coverage(List<BinCounts> bins) {
    this.bins = bins;
    this.images = bins.stream().mapToLong(BinCounts::images).sum();
  }

  /** From the surest image to all of them; at most 101 points, none without images. */
  List<CoveragePoint> points() {
    List<CoveragePoint> points = new ArrayList<>();
    long kept = 0;
    long correct = 0;
    long told = 0;
    for (int bin = bins.size() - 1; bin >= 0 && kept < images; bin--) {
      kept += bins.get(bin).images();
      correct += bins.get(bin).correct();
      if ((kept - told) * POINTS >= images || kept == images) {
        points.add(point(bin, kept, correct));
        told = kept;
      }
    }
    return points;
  }

  private CoveragePoint point(int bin, long kept, long correct) {
    return new CoveragePoint(
        (double) bin / bins.size(), (double) kept / images, Accuracy.of(correct, kept));
  }
}
