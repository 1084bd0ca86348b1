package io.shufflenet.spark.training;

import io.shufflenet.spark.checkpoint.Checkpoint;
import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.checkpoint.CheckpointWriter;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training goes on from. In a checkpoint it is the sections {@code state_dict}, {@code
 * momentum} (the optimizer's buffers by their parameters' names) and {@code training}, which holds
 * the number of iterations done.
 */
record SavedState(long iteration, Weights weights, Map<String, Tensor> momentum) {
  static final String STATE_DICT = "state_dict";
  private static final String MOMENTUM = "momentum";
  private static final String TRAINING = "training";
  private static final String ITERATION = "iteration";

  /**
   * @throws CheckpointException if the file is no checkpoint of a training run
   */
  static SavedState read(byte[] file, String name) throws CheckpointException {
    Tensor iteration = Checkpoint.section(file, name, TRAINING).get(ITERATION);
    if (iteration == null) {
      throw new IllegalArgumentException(
          "Cannot go on from checkpoint " + name + ": it does not tell its iteration");
    }
    return new SavedState(
        iteration.toLong(), Weights.read(file, name), Checkpoint.section(file, name, MOMENTUM));
  }

  static void write(
      long iteration, Map<String, Tensor> stateDict, Map<String, Tensor> momentum, OutputStream out)
      throws IOException {
    Map<String, Map<String, Tensor>> sections = new LinkedHashMap<>();
    sections.put(STATE_DICT, stateDict);
    sections.put(MOMENTUM, momentum);
    sections.put(TRAINING, Map.of(ITERATION, Tensor.ofLong(iteration)));
    CheckpointWriter.write(sections, out);
  }
}
