package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.shufflenet.spark.benchmark.Contender;
import java.nio.ByteBuffer;
import java.util.List;

/** A network in libtorch. A batch is ready when it lies in an array of the library's. */
abstract class TorchContender implements Contender {
  private final String name;
  final NDManager manager;

  TorchContender(String name, NDManager manager) {
    this.name = name;
    this.manager = manager;
  }

  @Override
  public final String name() {
    return name;
  }

  /** The network's input: all of the crops' bytes, in a direct buffer. */
  abstract NDArray input(NDManager batch, ByteBuffer crops, int images);

  /** The logits; whatever is made on the way belongs to {@code batch}, as the input does. */
  abstract NDArray forward(NDManager batch, NDArray input);

  @Override
  public final Pass prepare(List<byte[]> crops) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(crops.stream().mapToInt(c -> c.length).sum());
    crops.forEach(buffer::put);
    NDManager own = manager.newSubManager();
    return new TorchPass(own, input(own, buffer.flip(), crops.size()));
  }

  @Override
  public void close() {
    manager.close();
  }

  private final class TorchPass implements Pass {
    private final NDManager own;
    private final NDArray input;

    TorchPass(NDManager own, NDArray input) {
      this.own = own;
      this.input = input;
    }

    @Override
    public float[] logits() {
      try (NDManager batch = own.newSubManager()) {
        input.tempAttach(batch);
        return forward(batch, input).toFloatArray();
      }
    }

    @Override
    public void close() {
      own.close();
    }
  }
}
