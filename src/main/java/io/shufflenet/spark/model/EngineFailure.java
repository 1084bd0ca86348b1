package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;

/** Finds the words for a person in what libtorch throws. */
final class EngineFailure {
  private static final String MARK = "Error: ";

  private EngineFailure() {}

  /**
   * What went wrong, in one line. TorchScript puts its traceback before it, libtorch its own after
   * it.
   */
  static String reason(EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    String last =
        message
            .lines()
            .filter(line -> line.contains(MARK))
            .reduce((one, other) -> other)
            .orElse("");
    return last.isEmpty()
        ? message.lines().filter(line -> !line.isBlank()).findFirst().orElse("")
        : last.substring(last.indexOf(MARK) + MARK.length());
  }
}
