package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.shufflenet.spark.image.Preprocessing;
import java.nio.ByteBuffer;

/** The DJL block, which calls libtorch operation by operation. */
public final class BlockContender extends TorchContender {
  private final ShuffleNetV1 network;
  private final PixelInput pixelInput;

  private BlockContender(Weights weights, Preprocessing preprocessing, NDManager manager) {
    super("DJL block, op by op", manager);
    network = new ShuffleNetV1(manager, weights.architecture(), weights.tensors());
    pixelInput = new PixelInput(manager, preprocessing);
  }

  public static BlockContender of(Weights weights, Preprocessing preprocessing) {
    NDManager manager = Libtorch.engine().newBaseManager(ComputeDevice.CPU.device());
    return new BlockContender(weights, preprocessing, manager);
  }

  @Override
  NDArray input(NDManager batch, ByteBuffer crops, int images) {
    return pixelInput.of(batch, crops);
  }

  @Override
  NDArray forward(NDManager batch, NDArray input) {
    ParameterStore parameters = new ParameterStore(batch, false);
    return network.forward(parameters, new NDList(input), false).singletonOrThrow();
  }
}
