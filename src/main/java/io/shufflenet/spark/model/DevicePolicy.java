package io.shufflenet.spark.model;

import java.util.Locale;

/** Which device a user wants a task to compute on. */
public enum DevicePolicy {
  /** The GPU that Spark assigned to the task, or else the CPU. */
  AUTO,
  CPU,
  /**
   * The GPU that Spark assigned to the task; the first one where it assigned none. Never the CPU.
   */
  GPU;

  /** As the setting is written: {@code auto}, {@code cpu}, {@code gpu}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
