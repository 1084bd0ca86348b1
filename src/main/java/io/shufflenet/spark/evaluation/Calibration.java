package io.shufflenet.spark.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What follows from the probabilities of the evaluated images: the bins of their confidence, the
 * expected calibration error (Guo et al. 2017) and the proper scores. Means are null where no image
 * was evaluated.
 */
final class Calibration {
  static final int BINS = 15;

  private final List<BinCounts> bins;
  private final long images;

  Calibration(Counts counts) {
    this.bins = counts.bins();
    this.images = bins.stream().mapToLong(BinCounts::images).sum();
  }

  List<CalibrationBin> bins() {
    return IntStream.range(0, BINS).mapToObj(this::bin).toList();
  }

  private CalibrationBin bin(int index) {
    BinCounts counts = bins.get(index);
    return new CalibrationBin(
        index,
        (double) index / BINS,
        (index + 1.0) / BINS,
        counts.images(),
        mean(counts.confidence(), counts.images()),
        mean(BigDecimal.valueOf(counts.correct()), counts.images()));
  }

  /**
   * Mean over the images of the distance between the accuracy and the mean confidence of their bin.
   */
  Double expectedError() {
    return meanOf(bin -> BigDecimal.valueOf(bin.correct()).subtract(bin.confidence()).abs());
  }

  Double negativeLogLikelihood() {
    return meanOf(BinCounts::nll);
  }

  Double brier() {
    return meanOf(BinCounts::brier);
  }

  private Double meanOf(Function<BinCounts, BigDecimal> sum) {
    return mean(bins.stream().map(sum).reduce(BigDecimal.ZERO, BigDecimal::add), images);
  }

  private static Double mean(BigDecimal sum, long count) {
    return count == 0
        ? null
        : (Double) sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
  }
}
