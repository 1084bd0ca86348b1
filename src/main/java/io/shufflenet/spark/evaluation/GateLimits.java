package io.shufflenet.spark.evaluation;

/**
 * What an evaluation has to reach; shares and errors from 0 to 1. A minimum of 0 and a maximum of 1
 * ask nothing.
 *
 * @param top1 least top-1 accuracy of the evaluated images
 * @param top1All least top-1 accuracy of all labelled images, failed ones as misses
 * @param top5 least top-5 accuracy of the evaluated images
 * @param classRecall least recall of every class that has evaluated images
 * @param sliceTop1 least top-1 accuracy of every slice with the minimum support
 * @param ece largest expected calibration error
 */
public record GateLimits(
    double top1, double top1All, double top5, double classRecall, double sliceTop1, double ece) {
  /** Asks nothing. */
  public static final GateLimits NONE = new GateLimits(0, 0, 0, 0, 0, 1);
}
