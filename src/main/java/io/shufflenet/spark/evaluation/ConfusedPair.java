package io.shufflenet.spark.evaluation;

/**
 * A label that was taken for another class.
 *
 * @param share of the label's evaluated images
 */
public record ConfusedPair(ConfusionCell cell, double share) {}
