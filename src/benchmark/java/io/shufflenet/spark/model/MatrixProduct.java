package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/** A float32 product of two square matrices by libtorch, in one thread: what a core can do. */
public final class MatrixProduct implements AutoCloseable {
  private static final int SIDE = 1024;
  private static final long OPERATIONS = 2L * SIDE * SIDE * SIDE;

  private final NDManager manager = Libtorch.engine().newBaseManager(ComputeDevice.CPU.device());
  private final NDArray left = manager.randomNormal(new Shape(SIDE, SIDE));
  private final NDArray right = manager.randomNormal(new Shape(SIDE, SIDE));

  /** Computes it once; returns millions of floating-point operations. */
  public int megaflop() {
    JniUtils.getNumThreads(); // else a thread that is new to libtorch multiplies on all cores
    try (NDArray product = left.matMul(right)) {
      return product.isEmpty() ? 0 : (int) (OPERATIONS / 1_000_000);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
