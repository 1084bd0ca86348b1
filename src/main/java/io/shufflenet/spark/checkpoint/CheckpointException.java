package io.shufflenet.spark.checkpoint;

import java.io.IOException;

/**
 * A file that is no readable PyTorch checkpoint. The message names the file and says why, for a
 * person.
 */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String name, FormatException reason) {
    super("Cannot read checkpoint " + name + ": " + reason.getMessage(), reason);
  }
}
