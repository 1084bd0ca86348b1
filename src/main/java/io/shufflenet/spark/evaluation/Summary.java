package io.shufflenet.spark.evaluation;

import java.util.List;

/**
 * What a set of predictions comes to. All but {@code images} and {@code classes} is null where
 * there is nothing to measure it on.
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
  static Summary of(Counts counts, Calibration calibration, List<ClassMetrics> perClass) {
    ImageCounts images = counts.images();
    boolean five = Evaluation.hasTop5(counts.classes());
    return new Summary(
        images,
        counts.classes(),
        Accuracy.of(counts.correct(), images.evaluated()),
        five ? Accuracy.of(counts.top5(), images.evaluated()) : null,
        Accuracy.of(counts.correct(), images.labelled()),
        five ? Accuracy.of(counts.top5(), images.labelled()) : null,
        calibration.negativeLogLikelihood(),
        calibration.brier(),
        calibration.expectedError(),
        Averages.macro(perClass),
        Averages.weighted(perClass),
        Agreement.of(perClass),
        images.evaluated() == 0
            ? null
            : (Long) perClass.stream().filter(ClassMetrics::isUndefined).count());
  }
}
