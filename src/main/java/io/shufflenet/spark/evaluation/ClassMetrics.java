package io.shufflenet.spark.evaluation;

/**
 * How well the images of one class are told from the others, over the evaluated images.
 *
 * @param support evaluated images with this label
 * @param predicted evaluated images with this prediction
 * @param correct evaluated images with both
 * @param failed images with this label that have no prediction
 * @param precision null where the class was never predicted
 * @param recall null without support
 * @param f1 null where the class was never predicted and has no support
 * @param top5Recall share of the support with this class among the best five; null without support,
 *     and where there are five classes or fewer
 */
public record ClassMetrics(
    int index,
    String name,
    long support,
    long predicted,
    long correct,
    long failed,
    Double precision,
    Double recall,
    Double f1,
    Double top5Recall) {
  ClassMetrics among(int scoredClasses) {
    return new ClassMetrics(
        index,
        name,
        support,
        predicted,
        correct,
        failed,
        precision,
        recall,
        f1,
        Summary.hasTop5(scoredClasses) ? top5Recall : null);
  }

  boolean occurs() {
    return support + predicted > 0;
  }

  boolean isUndefined() {
    return support == 0 || predicted == 0;
  }
}
