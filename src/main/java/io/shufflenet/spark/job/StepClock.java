package io.shufflenet.spark.job;

import java.util.EnumMap;
import java.util.Map;

/** Seconds of the clock that each step took; the first one begins with the clock itself. */
final class StepClock {
  private final Map<Step, Double> seconds = new EnumMap<>(Step.class);
  private final long startedMillis = System.currentTimeMillis();
  private Step current = Step.STARTING;
  private long since = System.nanoTime();

  /** Ends the step before. */
  void begin(Step step) {
    end();
    current = step;
  }

  /** Ends the last step. */
  void end() {
    long now = System.nanoTime();
    seconds.put(current, (now - since) / 1e9);
    since = now;
  }

  /** Seconds of each step that has ended. */
  Map<Step, Double> seconds() {
    return Map.copyOf(seconds);
  }

  /** When the first step began, in milliseconds since 1970. */
  long startedMillis() {
    return startedMillis;
  }
}
