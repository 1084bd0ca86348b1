package io.shufflenet.spark.inference;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Why an image has no prediction: what becomes the {@code error} struct of its row.
 *
 * @param stage {@code read}, {@code decode} or {@code forward}
 */
record Failure(String stage, String kind, String message) {
  private static final int LONGEST_MESSAGE = 500;

  static Failure read(String kind, String message) {
    return new Failure("read", kind, message);
  }

  Row row() {
    String bounded =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    return RowFactory.create(stage, kind, bounded);
  }
}
