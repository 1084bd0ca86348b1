package io.shufflenet.spark.training;

/**
 * How the network does on the validation set, in inference mode.
 *
 * @param top1 share of images whose label is the best class
 * @param top5 share of images whose label is among the five best; null for five classes or fewer
 * @param nll mean negative log-likelihood of the label, without smoothing
 */
public record Validation(int images, double top1, Double top5, double nll) {}
