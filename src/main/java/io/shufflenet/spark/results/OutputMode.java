package io.shufflenet.spark.results;

import java.util.Locale;

/** What a run does with a result, or an unfinished run, that stands in its output folder. */
public enum OutputMode {
  /** Refuses the folder. */
  ERROR,
  /** Replaces the result, once the new one is whole. */
  OVERWRITE,
  /** Keeps the predictions that are there already, and replaces the result by all of them. */
  RESUME;

  /** As settings and {@code run.json} call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
