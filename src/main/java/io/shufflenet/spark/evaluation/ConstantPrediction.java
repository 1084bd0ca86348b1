package io.shufflenet.spark.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds a model that says the same whatever it sees: at least 95 % of the evaluated images are
 * predicted as one class that labels at most half of them. Fewer than 20 images tell nothing.
 */
final class ConstantPrediction {
  private static final long LEAST_IMAGES = 20;
  private static final double PREDICTED_SHARE = 0.95;
  private static final double LABELLED_SHARE = 0.5;

  private ConstantPrediction() {}

  static Optional<Finding> find(List<ClassMetrics> classes) {
    long images = classes.stream().mapToLong(ClassMetrics::support).sum();
    if (images < LEAST_IMAGES) {
      return Optional.empty();
    }
    return classes.stream()
        .max(Comparator.comparingLong(ClassMetrics::predicted))
        .filter(one -> one.predicted() >= PREDICTED_SHARE * images)
        .filter(one -> one.support() <= LABELLED_SHARE * images)
        .map(one -> new Finding(Finding.Kind.CONSTANT_PREDICTION, message(one, images)));
  }

  private static String message(ClassMetrics one, long images) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d images are predicted as '%s', which labels %,d of them: the model hardly looks"
            + " at the image. Is it trained, and is it given the preprocessing it was trained"
            + " with?",
        one.predicted(),
        images,
        one.name(),
        one.support());
  }
}
