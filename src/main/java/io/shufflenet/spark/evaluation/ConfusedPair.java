package io.shufflenet.spark.evaluation;

/**
 * Evaluated images of one label that were taken for another class.
 *
 * @param share of the label's evaluated images
 */
public record ConfusedPair(
    int labelIndex, String label, int predictedIndex, String predicted, long count, double share) {}
