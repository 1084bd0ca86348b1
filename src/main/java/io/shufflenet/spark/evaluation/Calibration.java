package io.shufflenet.spark.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What follows from the probabilities of the evaluated images: the bins of their confidence, the
 * expected calibration error (Guo et al. 2017) and the proper scores. Means are null where no image
 * was evaluated, or the images do not tell what is asked.
 */
final class Calibration {
  static final int BINS = 15;

  /** Each bin is counted as a hundred. */
  static final int FINE_BINS = 100 * BINS;

  private final List<BinCounts> bins;
  private final long images;

  private final Set<Fact> facts;

  /**
   * @param counts of {@link #BINS} or more bins, as many finer ones for each
   * @param facts what the images tell
   */
  Calibration(List<BinCounts> counts, Set<Fact> facts) {
    this.facts = facts;
    this.bins = IntStream.range(0, BINS).mapToObj(bin -> sum(counts, bin)).toList();
    this.images = bins.stream().mapToLong(BinCounts::images).sum();
  }

  private static BinCounts sum(List<BinCounts> counts, int bin) {
    int finer = counts.size() / BINS;
    return counts.subList(bin * finer, (bin + 1) * finer).stream()
        .reduce(BinCounts.NONE, BinCounts::plus);
  }

  /** None where confidence is not told, or cannot be held against one label. */
  List<CalibrationBin> bins() {
    return !isDefined() ? List.of() : IntStream.range(0, BINS).mapToObj(this::bin).toList();
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

  private boolean isDefined() {
    return facts.contains(Fact.CONFIDENCE) && facts.contains(Fact.LABEL_CLASS);
  }

  /**
   * Mean over the images of the distance between the accuracy and the mean confidence of their bin.
   */
  Double expectedError() {
    return !isDefined()
        ? null
        : meanOf(bin -> BigDecimal.valueOf(bin.correct()).subtract(bin.confidence()).abs());
  }

  Double negativeLogLikelihood() {
    return facts.contains(Fact.LIKELIHOOD) ? meanOf(BinCounts::nll) : null;
  }

  Double brier() {
    return facts.contains(Fact.SQUARED_DISTANCE) ? meanOf(BinCounts::brier) : null;
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
