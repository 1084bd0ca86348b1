package io.shufflenet.spark.job;

import io.shufflenet.spark.results.RunRecord.ClassifierUse;
import io.shufflenet.spark.results.RunRecord.Stages;
import io.shufflenet.spark.results.RunRecord.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a run's time went, for a person.
 *
 * @param classifiers at least one
 */
record TimeSummary(Timing timing, List<ClassifierUse> classifiers) {
  /** Some lines; no line break at the end. */
  String text() {
    List<String> lines = new ArrayList<>(List.of(steps(), startUp(), table(), device()));
    classifiers.stream()
        .filter(used -> used.halved() > 0)
        .map(TimeSummary::halved)
        .forEach(lines::add);
    lines.add(bottleneck());
    return String.join(System.lineSeparator(), lines);
  }

  private static String halved(ClassifierUse used) {
    return format(
        "  %s of executor %s ran out of memory: %d images at once in the end",
        used.device(), used.executor(), used.batchSize());
  }

  private String steps() {
    return format(
        "Time: predicting %.1f s, %.1f images/s, %.1f a core (%d task slots);"
            + " publishing %.1f s, measuring %.1f s",
        timing.predicting(),
        timing.imagesPerSecond(),
        timing.imagesPerSecondAndCore(),
        timing.slots(),
        timing.publishing(),
        timing.reporting());
  }

  private String startUp() {
    return format(
        "  first image after %.1f s: Spark %.1f, input and labels %.1f, listing %.1f,"
            + " check image %.1f, classifier %.1f, first batch %.1f",
        timing.startUp().firstImage(),
        timing.starting(),
        timing.planning(),
        timing.listing(),
        timing.checking(),
        timing.startUp().building(),
        timing.startUp().firstBatch());
  }

  private String table() {
    Stages stages = timing.stages();
    return String.join(
        System.lineSeparator(),
        "             read  decode  preprocess  forward   write    idle",
        format(
            "  seconds %7.1f %7.1f %11.1f %8.1f %7.1f %7.1f",
            stages.read(),
            stages.decode(),
            stages.preprocess(),
            stages.forward(),
            stages.write(),
            stages.idle()),
        format(
            "  of time %5.0f %% %5.0f %% %9.0f %% %6.0f %% %5.0f %% %5.0f %%",
            percentOfSlots(stages.read()),
            percentOfSlots(stages.decode()),
            percentOfSlots(stages.preprocess()),
            onGpu() ? gpusBusy() : percentOfSlots(stages.forward()),
            percentOfSlots(stages.write()),
            percentOfSlots(stages.idle())));
  }

  private double percentOfSlots(double seconds) {
    return 100 * seconds / (timing.slots() * timing.predicting());
  }

  private String device() {
    if (onGpu()) {
      return format(
          "  forward: %.1f images/s a GPU while it computes, which it did %.0f %% of the time",
          imagesPerForwardSecond(), gpusBusy());
    }
    return format("  forward: %.1f images/s a core while it computes", imagesPerForwardSecond());
  }

  private double imagesPerForwardSecond() {
    long images = classifiers.stream().mapToLong(ClassifierUse::images).sum();
    double forward = classifiers.stream().mapToDouble(ClassifierUse::forward).sum();
    return forward > 0 ? images / forward : 0;
  }

  /** Percent of the predicting step, on average. */
  private double gpusBusy() {
    return 100 * classifiers.stream().mapToDouble(ClassifierUse::busy).average().orElse(0);
  }

  private boolean onGpu() {
    return classifiers.stream().noneMatch(classifier -> classifier.device().equals("cpu"));
  }

  private String bottleneck() {
    return "  bottleneck: " + timing.bottleneck() + ": " + timing.advice();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
