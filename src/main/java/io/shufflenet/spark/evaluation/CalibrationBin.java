package io.shufflenet.spark.evaluation;

/**
 * Evaluated images whose top-1 probability lies in {@code (low, high]}; the first bin holds 0 too.
 *
 * @param bin from 0
 * @param meanConfidence mean top-1 probability; null where the bin is empty
 * @param accuracy share of correct images; null where the bin is empty
 */
public record CalibrationBin(
    int bin, double low, double high, long count, Double meanConfidence, Double accuracy) {}
