package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.InferenceMetrics;
import io.shufflenet.spark.results.RunRecord.Timing;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Where a run's time went. */
record TimeSheet(StepClock clock, InferenceMetrics metrics) {
  Timing timing(long images) {
    double predicting = clock.seconds(Step.PREDICTING);
    return new Timing(
        clock.seconds(Step.PLANNING),
        clock.seconds(Step.LISTING),
        predicting,
        clock.seconds(Step.PUBLISHING),
        clock.seconds(Step.REPORTING),
        metrics.readSeconds(),
        metrics.decodeSeconds(),
        metrics.forwardSeconds(),
        writing(),
        images / predicting,
        bottleneck());
  }

  private double writing() {
    double known = metrics.readSeconds() + metrics.decodeSeconds() + metrics.forwardSeconds();
    return Math.max(0, metrics.taskSeconds() - known);
  }

  private String bottleneck() {
    Map<String, Double> steps =
        Map.of(
            "read", metrics.readSeconds(),
            "decode", metrics.decodeSeconds(),
            "forward", metrics.forwardSeconds(),
            "write", writing());
    return steps.entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  /** Two lines for a person. */
  static String text(Timing timing) {
    double tasks = timing.reading() + timing.decoding() + timing.forward() + timing.writing();
    return String.format(
        Locale.ROOT,
        "Time: start and checks %.1f s, listing %.1f s, predicting %.1f s, publishing %.1f s,"
            + " measuring %.1f s%n"
            + "  predicting: %.1f images/s; of the tasks' time read %.0f %%, decode %.0f %%,"
            + " forward %.0f %%, write %.0f %%",
        timing.planning(),
        timing.listing(),
        timing.predicting(),
        timing.publishing(),
        timing.reporting(),
        timing.imagesPerSecond(),
        100 * timing.reading() / tasks,
        100 * timing.decoding() / tasks,
        100 * timing.forward() / tasks,
        100 * timing.writing() / tasks);
  }
}
