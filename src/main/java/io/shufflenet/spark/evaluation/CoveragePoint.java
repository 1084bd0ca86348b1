package io.shufflenet.spark.evaluation;

/**
 * The evaluated images that a threshold of confidence keeps, and how accurate they are.
 *
 * @param threshold kept are the images whose top-1 probability is above it; at 0 all of them
 * @param coverage share of the evaluated images that are kept
 */
public record CoveragePoint(double threshold, double coverage, Accuracy accuracy) {}
