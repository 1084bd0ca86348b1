package io.shufflenet.spark.job;

import java.util.List;
import java.util.Locale;

/**
 * How a run that came to its end is judged.
 *
 * @param exitCode 0 or {@link Main#TOO_MANY_FAILURES}
 * @param reasons for an exit code other than 0
 */
record Outcome(int exitCode, List<String> reasons) {
  /**
   * @param maxFailureRate share of the images that may have failed
   */
  static Outcome of(long images, long failed, double maxFailureRate) {
    if ((double) failed / images <= maxFailureRate) {
      return new Outcome(0, List.of());
    }
    String reason =
        String.format(
            Locale.ROOT,
            "%,d of %,d images failed (%.2f %%), more than max-failure-rate = %s allows; the results"
                + " are complete all the same",
            failed,
            images,
            100.0 * failed / images,
            maxFailureRate);
    return new Outcome(Main.TOO_MANY_FAILURES, List.of(reason));
  }
}
