package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.InferenceMetrics;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The line that tells how far the predictions are: images of total, failures, images/s, time left.
 */
final class PredictionProgress implements Supplier<String> {
  private final InferenceMetrics metrics;
  private final long total;
  private final long started = System.nanoTime();

  PredictionProgress(InferenceMetrics metrics, long total) {
    this.metrics = metrics;
    this.total = total;
  }

  @Override
  public String get() {
    double seconds = (System.nanoTime() - started) / 1e9;
    return line(Math.min(metrics.images(), total), metrics.failures(), total, seconds);
  }

  static String line(long done, long failures, long total, double seconds) {
    if (done == 0) {
      return String.format(Locale.ROOT, "predicting %,d images", total);
    }
    double rate = done / seconds;
    return String.format(
        Locale.ROOT,
        "predicted %,d of %,d images (%d %%), %,d failed, %.1f images/s, %s left",
        done,
        total,
        100 * done / total,
        failures,
        rate,
        duration((total - done) / rate));
  }

  /** For example {@code 42 s}, {@code 3 min 20 s}, {@code 5 h 12 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %d s".formatted(whole / 60, whole % 60)
        : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
