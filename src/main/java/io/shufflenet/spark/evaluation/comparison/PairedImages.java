package io.shufflenet.spark.evaluation.comparison;

/**
 * How many images two runs share, and why the others are left out.
 *
 * @param a images of the first run
 * @param b images of the second run
 * @param common images of both, by relative path
 * @param onlyA images of the first run alone
 * @param onlyB images of the second run alone
 * @param failedA common images that failed in the first run alone
 * @param failedB common images that failed in the second run alone
 * @param failedBoth common images that failed in both runs
 * @param predicted common images that both runs predicted
 * @param agreed those of them that both took for the same class
 * @param unlabelled predicted by both, without a label in at least one run
 * @param labelsDiffer predicted by both, with another label in each run
 * @param compared predicted by both, with the same label: what the accuracies run over
 * @param exampleOnlyA the first path of the first run alone; null where there is none
 * @param exampleOnlyB the first path of the second run alone; null where there is none
 * @param exampleLabelsDiffer the first path with two labels; null where there is none
 */
public record PairedImages(
    long a,
    long b,
    long common,
    long onlyA,
    long onlyB,
    long failedA,
    long failedB,
    long failedBoth,
    long predicted,
    long agreed,
    long unlabelled,
    long labelsDiffer,
    long compared,
    String exampleOnlyA,
    String exampleOnlyB,
    String exampleLabelsDiffer) {}
