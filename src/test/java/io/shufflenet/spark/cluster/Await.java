package io.shufflenet.spark.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what can be seen. */
final class Await {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private Await() {}

  /**
   * Looks until it is so.
   *
   * @param what for the message of the error, once patience is at an end
   */
  static void until(String what, Callable<Boolean> isSo) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!isSo.call()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Not within " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
