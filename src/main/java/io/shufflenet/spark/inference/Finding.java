package io.shufflenet.spark.inference;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What came of one attempt: a value, or why there is none, or neither where it was not made.
 *
 * @param value null where there is none
 * @param failure empty where it did not fail
 */
public record Finding<T extends Serializable>(T value, String failure) implements Serializable {
  private static final int LONGEST_FAILURE = 500;

  public static <T extends Serializable> Finding<T> of(T value) {
    return new Finding<>(value, "");
  }

  /** The first line of the reason is kept. */
  public static <T extends Serializable> Finding<T> failed(String reason) {
    String line = reason.lines().findFirst().orElse("it gave no reason");
    return new Finding<>(null, line.substring(0, Math.min(line.length(), LONGEST_FAILURE)));
  }

  /** Of an attempt that was not made. */
  public static <T extends Serializable> Finding<T> none() {
    return new Finding<>(null, "");
  }

  /** Attempts it: what it throws is the failure, also where a native library throws it. */
  static <T extends Serializable> Finding<T> attempt(Supplier<T> attempt) {
    try {
      return of(attempt.get());
    } catch (RuntimeException | LinkageError e) {
      return failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  public boolean isFound() {
    return value != null;
  }

  public boolean isFailed() {
    return !failure.isEmpty();
  }

  /** What a found value says. */
  public <R> Optional<R> map(Function<T, R> says) {
    return Optional.ofNullable(value).map(says);
  }
}
