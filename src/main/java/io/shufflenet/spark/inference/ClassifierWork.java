package io.shufflenet.spark.inference;

import java.io.Serializable;

/**
 * What a classifier did.
 *
 * @param images how many it gave a prediction for
 * @param forwardNanos time of its forward passes; on a CPU summed over the tasks that compute at
 *     once
 * @param firstMillis when its first batch of rows was done, in milliseconds since 1970 on its own
 *     host's clock; {@link Long#MAX_VALUE} before that
 * @param batchSize images that it computed at once, in the end; {@link Integer#MAX_VALUE} before a
 *     task has ended
 */
public record ClassifierWork(long images, long forwardNanos, long firstMillis, int batchSize)
    implements Serializable {
  static final ClassifierWork NONE = new ClassifierWork(0, 0, Long.MAX_VALUE, Integer.MAX_VALUE);

  /** Both together. */
  public ClassifierWork plus(ClassifierWork other) {
    return new ClassifierWork(
        images + other.images,
        forwardNanos + other.forwardNanos,
        Math.min(firstMillis, other.firstMillis),
        Math.min(batchSize, other.batchSize));
  }

  /** Seconds of the forward passes. */
  public double forwardSeconds() {
    return forwardNanos / 1e9;
  }
}
