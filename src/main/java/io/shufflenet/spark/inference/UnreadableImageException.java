package io.shufflenet.spark.inference;

import java.io.IOException;

/**
 * An image that cannot be read however often one tries: its row becomes an error, the run goes on.
 */
final class UnreadableImageException extends IOException {
  private final String kind;

  UnreadableImageException(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }
}
