package io.shufflenet.spark.job;

import io.shufflenet.spark.training.Metrics;
import io.shufflenet.spark.training.TrainingListener;
import io.shufflenet.spark.training.TrainingSettings;
import io.shufflenet.spark.training.Validation;
import java.util.Locale;
import java.util.function.Supplier;

/** The line that tells how far the training is. */
final class TrainingProgress implements TrainingListener, Supplier<String> {
  private final TrainingSettings settings;
  private final Progress progress;
  private volatile String line = "loading the network";

  TrainingProgress(TrainingSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  @Override
  public String get() {
    return line;
  }

  @Override
  public void trained(Metrics soFar) {
    line = line(soFar, settings);
  }

  @Override
  public void measured(Metrics row) {
    row.validation().ifPresent(validation -> progress.say(validated(row, validation)));
  }

  @Override
  public void validating(long image, long images) {
    line = String.format(Locale.ROOT, "validating: %,d of %,d images", image, images);
  }

  @Override
  public void recomputing(long image, long images) {
    line =
        String.format(
            Locale.ROOT,
            "averaging the statistics of normalisation: %,d of %,d images",
            image,
            images);
  }

  static String line(Metrics soFar, TrainingSettings settings) {
    long left = (settings.iterations() - soFar.iteration()) * settings.batchSize();
    return String.format(
        Locale.ROOT,
        "iteration %,d of %,d (%d %%), epoch %.1f, loss %.4f, accuracy %.1f %%, learning rate"
            + " %.4f, %.1f images/s, %s left",
        soFar.iteration(),
        settings.iterations(),
        100 * soFar.iteration() / settings.iterations(),
        soFar.epoch(),
        soFar.loss(),
        100 * soFar.accuracy(),
        soFar.learningRate(),
        soFar.imagesPerSecond(),
        PredictionProgress.duration(left / soFar.imagesPerSecond()));
  }

  private static String validated(Metrics row, Validation validation) {
    return String.format(
        Locale.ROOT, "iteration %,d: validation %s", row.iteration(), text(validation));
  }

  /** For example {@code top-1 91.34 %, top-5 99.72 %, NLL 0.2711}. */
  static String text(Validation validation) {
    String top5 =
        validation.top5() == null
            ? ""
            : String.format(Locale.ROOT, "top-5 %.2f %%, ", 100 * validation.top5());
    return String.format(
        Locale.ROOT, "top-1 %.2f %%, %sNLL %.4f", 100 * validation.top1(), top5, validation.nll());
  }
}
