package io.shufflenet.spark.evaluation;

/** Evaluated images of one label and one predicted class, at least one. */
public record ConfusionCell(
    int labelIndex, String label, int predictedIndex, String predicted, long count) {}
