package io.shufflenet.spark.results;

import java.util.Locale;

/** What a run does with the rows that stand in its table already. */
public enum TableMode {
  /** Leaves them, and adds its own: the table is a history of runs. */
  APPEND,
  /** Replaces them all. */
  OVERWRITE,
  /**
   * Replaces those of its relative paths, and adds the others: the table has a row for an image.
   */
  UPSERT;

  /** As the setting is written. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
