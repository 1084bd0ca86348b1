package io.shufflenet.spark.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/**
 * PyTorch's classes of storage, the untyped memory under tensors. Not all can become a {@link
 * Tensor}.
 */
enum StorageType {
  DOUBLE("DoubleStorage", Tensor.Type.FLOAT64),
  FLOAT("FloatStorage", Tensor.Type.FLOAT32),
  HALF("HalfStorage", Tensor.Type.FLOAT16),
  BFLOAT16("BFloat16Storage", Tensor.Type.BFLOAT16),
  LONG("LongStorage", Tensor.Type.INT64),
  INT("IntStorage", Tensor.Type.INT32),
  SHORT("ShortStorage", Tensor.Type.INT16),
  CHAR("CharStorage", Tensor.Type.INT8),
  BYTE("ByteStorage", Tensor.Type.UINT8),
  BOOL("BoolStorage", Tensor.Type.BOOL),
  COMPLEX_FLOAT("ComplexFloatStorage", 8),
  COMPLEX_DOUBLE("ComplexDoubleStorage", 16),
  QINT8("QInt8Storage", 1),
  QUINT8("QUInt8Storage", 1),
  QINT32("QInt32Storage", 4),
  QUINT4X2("QUInt4x2Storage", 1),
  QUINT2X4("QUInt2x4Storage", 1),
  UNTYPED("UntypedStorage", 1);

  private final String className;
  private final int elementBytes;
  private final Optional<Tensor.Type> tensorType;

  StorageType(String className, Tensor.Type tensorType) {
    this.className = className;
    this.elementBytes = tensorType.bytes();
    this.tensorType = Optional.of(tensorType);
  }

  StorageType(String className, int elementBytes) {
    this.className = className;
    this.elementBytes = elementBytes;
    this.tensorType = Optional.empty();
  }

  static StorageType of(Tensor.Type type) {
    return Arrays.stream(values())
        .filter(storage -> storage.tensorType.equals(Optional.of(type)))
        .findFirst()
        .orElseThrow();
  }

  /** The class's name in Python's module {@code torch}. */
  String className() {
    return className;
  }

  int elementBytes() {
    return elementBytes;
  }

  /** Empty for what no state dict of ours can use: complex, quantised and untyped storages. */
  Optional<Tensor.Type> tensorType() {
    return tensorType;
  }
}
