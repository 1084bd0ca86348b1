package io.shufflenet.spark.evaluation.comparison;

/**
 * What a comparison must not exceed.
 *
 * @param drop by how much top-1 accuracy may be lower, from 0 to 1; 1 asks nothing
 * @param counted which drops count
 * @param psi largest population stability index of any feature; 0 asks nothing
 */
public record ComparisonLimits(double drop, DropLimit counted, double psi) {}
