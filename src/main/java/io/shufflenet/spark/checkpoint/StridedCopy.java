package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;

/**
 * Copies a view of a storage, whose steps along each dimension may be any, into row-major order.
 */
final class StridedCopy {
  private final long[] shape;
  private final long[] strides;
  private final int elementBytes;

  StridedCopy(TensorView view, int elementBytes) {
    this.shape = view.shape().stream().mapToLong(Long::longValue).toArray();
    this.strides = view.strides().stream().mapToLong(Long::longValue).toArray();
    this.elementBytes = elementBytes;
  }

  /** Fills {@code target}, beginning at the storage's element {@code first}. */
  void copy(ByteBuffer storage, int first, byte[] target) {
    long[] index = new long[shape.length];
    long source = first;
    for (int written = 0; written < target.length; written += elementBytes) {
      storage.get((int) source * elementBytes, target, written, elementBytes);
      source += step(index);
    }
  }

  /** Moves {@code index} to the next element in row-major order; how far that is in the storage. */
  private long step(long[] index) {
    long distance = 0;
    for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
      index[dimension]++;
      distance += strides[dimension];
      if (index[dimension] < shape[dimension]) {
        return distance;
      }
      distance -= shape[dimension] * strides[dimension];
      index[dimension] = 0;
    }
    return distance;
  }
}
