package io.shufflenet.spark.inference;

import io.shufflenet.spark.results.PredictionSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Why an image has no prediction: what becomes the {@code error} struct of its row.
 *
 * @param stage {@code read}, {@code decode}, {@code forward}, or {@code executor} where it is not
 *     known in which of them the process died
 */
record Failure(String stage, String kind, String message) {
  private static final int LONGEST_MESSAGE = 500;

  static Failure read(String kind, String message) {
    return new Failure("read", kind, message);
  }

  static Failure crashed() {
    return new Failure(
        "executor",
        PredictionSchema.CRASHED,
        "executors died twice while this image was under way, alone: it crashes native code, or"
            + " needs more memory than spark.executor.memoryOverhead leaves");
  }

  Row row() {
    String bounded =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    return RowFactory.create(stage, kind, bounded);
  }
}
