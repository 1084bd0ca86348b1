package io.shufflenet.spark.evaluation;

import java.util.Locale;

/**
 * Something about the predictions that a person should know before they trust the numbers.
 *
 * @param message one or two sentences
 */
public record Finding(Kind kind, String message) {
  public enum Kind {
    /** The class names probably stand in another order than the model's classes. */
    PERMUTED_CLASSES,
    /** Nearly every image is predicted as the same class. */
    CONSTANT_PREDICTION;

    /** For example {@code permuted-classes}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
