package io.shufflenet.spark.job;

import java.util.EnumMap;
import java.util.Map;

/** Seconds of the clock that each step took; planning begins with the clock itself. */
final class StepClock {
  private final Map<Step, Double> seconds = new EnumMap<>(Step.class);
  private Step current = Step.PLANNING;
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

  /** Seconds of a step that has ended. */
  double seconds(Step step) {
    return seconds.get(step);
  }
}
