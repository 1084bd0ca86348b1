package io.shufflenet.spark.dataset;

import java.io.IOException;

/** An image that cannot be read however often one tries. Its message is for a person. */
public final class UnreadableImageException extends IOException {
  private final String kind;

  UnreadableImageException(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** As in {@code not-found}. */
  public String kind() {
    return kind;
  }
}
