package io.shufflenet.spark.evaluation;

import java.math.BigDecimal;

/**
 * Evaluated images whose top-1 probability falls into one bin. The sums are exact sums of values
 * that were each rounded to 9 decimals, so that no order of adding changes them.
 *
 * @param confidence sum of the top-1 probabilities
 * @param nll sum of the labels' negative log-likelihoods
 * @param brier sum of the Brier scores, each from 0 to 2
 */
record BinCounts(
    long images, long correct, BigDecimal confidence, BigDecimal nll, BigDecimal brier) {
  static final int DECIMALS = 9;
  static final BinCounts NONE = new BinCounts(0, 0, ofUnits(0), ofUnits(0), ofUnits(0));

  /** A sum counted in units of its last decimal. */
  static BigDecimal ofUnits(long units) {
    return BigDecimal.valueOf(units, DECIMALS);
  }

  BinCounts plus(BinCounts other) {
    return new BinCounts(
        images + other.images,
        correct + other.correct,
        confidence.add(other.confidence),
        nll.add(other.nll),
        brier.add(other.brier));
  }
}
