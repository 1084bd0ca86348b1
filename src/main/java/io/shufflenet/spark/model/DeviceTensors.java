package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.checkpoint.Tensor;
import java.util.Arrays;

/** Moves tensors of floats between Java's memory and a device's. */
final class DeviceTensors {
  private DeviceTensors() {}

  static NDArray create(NDManager manager, Tensor tensor, DataType type) {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return manager.create(tensor.toFloats(), new Shape(shape)).toType(type, false);
  }

  static Tensor copy(NDArray array) {
    int[] shape = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    return Tensor.ofFloats(array.toType(DataType.FLOAT32, false).toFloatArray(), shape);
  }
}
