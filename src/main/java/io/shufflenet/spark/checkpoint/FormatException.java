package io.shufflenet.spark.checkpoint;

/** What is wrong with a file's content. {@link Checkpoint} adds the file's name. */
final class FormatException extends Exception {
  private static final long serialVersionUID = 1L;

  FormatException(String reason) {
    super(reason);
  }

  FormatException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
