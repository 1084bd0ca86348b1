package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A TorchScript module in native memory, until the manager that it was loaded into is closed. Any
 * number of threads may run it at once.
 */
final class ScriptModule {
  private final PtSymbolBlock block;

  private ScriptModule(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * Loads an archive onto the manager's device.
   *
   * @throws EngineException if libtorch does not take it
   */
  static ScriptModule load(byte[] archive, NDManager manager) {
    try {
      return new ScriptModule(
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws EngineException if the module fails on that input, or gives anything but one tensor
   */
  NDArray forward(NDManager batch, NDArray input) {
    JniUtils.getNumThreads(); // else a thread that is new to libtorch may compute on all cores
    NDList output = block.forward(new ParameterStore(batch, false), new NDList(input), false);
    if (output.size() != 1) {
      throw new EngineException("the module gives " + output.size() + " tensors, not one");
    }
    return output.get(0);
  }
}
