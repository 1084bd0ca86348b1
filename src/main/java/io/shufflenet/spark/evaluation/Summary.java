package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.Set;

/**
 * What a set of predictions comes to. All but {@code images} and {@code classes} is null where
 * there is nothing to measure it on, or the predictions do not tell what it takes.
 *
 * @param classes how many classes the model tells apart
 * @param top1 over the evaluated images
 * @param top5 over the evaluated images; null where there are five classes or fewer
 * @param top1All over the labelled images, failed ones counted as misses
 * @param top5All as {@code top1All}; null where there are five classes or fewer
 * @param nll mean negative log-likelihood of the label, natural logarithm
 * @param brier mean over the images of the squared distance between probabilities and truth, summed
 *     over the classes: from 0 to 2
 * @param ece expected calibration error, from 0 to 1
 * @param undefinedClasses how many of the model's classes lack a precision or a recall
 */
public record Summary(
    ImageCounts images,
    int classes,
    Accuracy top1,
    Accuracy top5,
    Accuracy top1All,
    Accuracy top5All,
    Double nll,
    Double brier,
    Double ece,
    Averages macro,
    Averages weighted,
    Agreement agreement,
    Long undefinedClasses) {
  private static final int TOP = 5;

  /**
   * @param perClass of every class; none where a label is not one class
   */
  static Summary of(
      int classes,
      Set<Fact> facts,
      Outcomes outcomes,
      Calibration calibration,
      List<ClassMetrics> perClass) {
    ImageCounts images = outcomes.images(facts.contains(Fact.ORIENTATION));
    boolean five = hasTop5(classes, facts);
    return new Summary(
        images,
        classes,
        Accuracy.of(outcomes.correct(), images.evaluated()),
        five ? Accuracy.of(outcomes.top5(), images.evaluated()) : null,
        Accuracy.of(outcomes.correct(), images.labelled()),
        five ? Accuracy.of(outcomes.top5(), images.labelled()) : null,
        calibration.negativeLogLikelihood(),
        calibration.brier(),
        calibration.expectedError(),
        Averages.macro(perClass),
        Averages.weighted(perClass),
        Agreement.of(perClass),
        images.evaluated() == 0 || perClass.isEmpty()
            ? null
            : (Long) perClass.stream().filter(ClassMetrics::isUndefined).count());
  }

  /** As {@link Evaluation#among}. */
  Summary among(int scoredClasses) {
    boolean five = hasTop5(scoredClasses);
    return new Summary(
        images,
        classes,
        top1,
        five ? top5 : null,
        top1All,
        five ? top5All : null,
        nll,
        brier,
        ece,
        macro,
        weighted,
        agreement,
        undefinedClasses == null ? null : (Long) (undefinedClasses - (classes - scoredClasses)));
  }

  static boolean hasTop5(int classes, Set<Fact> facts) {
    return hasTop5(classes) && facts.contains(Fact.TOP5);
  }

  /** With five classes or fewer, everything is among the best five. */
  static boolean hasTop5(int classes) {
    return classes > TOP;
  }
}
