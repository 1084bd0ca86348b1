package io.shufflenet.spark.checkpoint;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An immutable dense tensor in plain Java memory: row-major, little-endian, no strides. It is what
 * a checkpoint holds under one name, and small enough in what it needs that Spark broadcasts it as
 * it is.
 */
public final class Tensor implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The types of element that a state dict may hold. */
  public enum Type {
    FLOAT64(Double.BYTES),
    FLOAT32(Float.BYTES),
    FLOAT16(Short.BYTES),
    BFLOAT16(Short.BYTES),
    INT64(Long.BYTES),
    INT32(Integer.BYTES),
    INT16(Short.BYTES),
    INT8(Byte.BYTES),
    UINT8(Byte.BYTES),
    BOOL(Byte.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one element. */
    int bytes() {
      return bytes;
    }
  }

  private final Type type;
  private final int[] shape;
  private final byte[] content;

  /**
   * Takes ownership of both arrays; {@code content} must have as many bytes as type and shape need.
   */
  Tensor(Type type, int[] shape, byte[] content) {
    if (elements(shape) * type.bytes() != content.length) {
      throw new IllegalArgumentException(
          "Cannot make a tensor of type %s and shape %s: it has %d bytes"
              .formatted(type, Arrays.toString(shape), content.length));
    }
    this.type = type;
    this.shape = shape;
    this.content = content;
  }

  /**
   * A FLOAT32 tensor of a copy of {@code values}, row-major.
   *
   * @throws IllegalArgumentException if the shape has a negative dimension or another number of
   *     elements
   */
  public static Tensor ofFloats(float[] values, int... shape) {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "Cannot make a tensor of shape %s: there are %d values"
              .formatted(Arrays.toString(shape), values.length));
    }
    byte[] content = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(content).asFloatBuffer().put(values);
    return new Tensor(Type.FLOAT32, shape.clone(), content);
  }

  /**
   * A tensor of {@code type}: each value rounded to float first, then to the nearest of the type,
   * of two equally near ones to the even one.
   *
   * @param type FLOAT32, FLOAT16 or BFLOAT16
   * @param values row-major
   */
  public static Tensor rounded(Type type, double[] values, int... shape) {
    byte[] content = new byte[Math.multiplyExact(values.length, type.bytes())];
    ByteBuffer bytes = littleEndian(content);
    for (double value : values) {
      float nearest = (float) value;
      switch (type) {
        case FLOAT32 -> bytes.putFloat(nearest);
        case FLOAT16 -> bytes.putShort(HalfPrecision.ofFloat(nearest));
        case BFLOAT16 ->
            bytes.putShort(
                (short) HalfPrecision.roundedShift(Float.floatToIntBits(nearest), Short.SIZE));
        default -> throw new IllegalArgumentException("Cannot round to " + type);
      }
    }
    return new Tensor(type, shape.clone(), content);
  }

  /**
   * The same elements of a 4-dimensional tensor {@code (N, C, H, W)} in the order of {@code (N, H,
   * W, C)}.
   */
  byte[] channelsLast() {
    int channels = shape[1];
    int area = shape[2] * shape[3];
    int bytes = type.bytes();
    byte[] reordered = new byte[content.length];
    int to = 0;
    for (int image = 0; image < shape[0]; image++) {
      for (int place = 0; place < area; place++) {
        for (int channel = 0; channel < channels; channel++) {
          int from = ((image * channels + channel) * area + place) * bytes;
          System.arraycopy(content, from, reordered, to, bytes);
          to += bytes;
        }
      }
    }
    return reordered;
  }

  /** An INT64 tensor without dimensions, such as {@code num_batches_tracked}. */
  public static Tensor ofLong(long value) {
    byte[] content = new byte[Long.BYTES];
    littleEndian(content).putLong(value);
    return new Tensor(Type.INT64, new int[0], content);
  }

  public Type type() {
    return type;
  }

  /** The size of each dimension, outermost first; empty for a scalar. The caller's own copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** The product of the shape: 1 for a scalar. */
  public long elements() {
    return content.length / type.bytes();
  }

  /**
   * The elements in row-major order; FLOAT64 is rounded to float, the half types widen exactly.
   *
   * @throws IllegalStateException if the elements are not of a floating type
   */
  public float[] toFloats() {
    ByteBuffer bytes = littleEndian(content);
    float[] values = new float[content.length / type.bytes()];
    switch (type) {
      case FLOAT32 -> bytes.asFloatBuffer().get(values);
      case FLOAT64 -> fill(values, () -> (float) bytes.getDouble());
      case FLOAT16 -> fill(values, () -> HalfPrecision.toFloat(bytes.getShort()));
      case BFLOAT16 -> fill(values, () -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE));
      default ->
          throw new IllegalStateException("Cannot read " + this + " as floats: it holds no floats");
    }
    return values;
  }

  /**
   * The value of an INT64 tensor without dimensions, such as {@code num_batches_tracked}.
   *
   * @throws IllegalStateException if the tensor is of another type or has dimensions
   */
  public long toLong() {
    if (type != Type.INT64 || shape.length > 0) {
      throw new IllegalStateException("Cannot read " + this + " as a long: it is no INT64 scalar");
    }
    return littleEndian(content).getLong();
  }

  /** The elements' bytes, row-major and little-endian; not to be changed. */
  byte[] content() {
    return content;
  }

  /** Same type, same shape and bitwise the same elements. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(content);
  }

  /** Type and shape, such as {@code FLOAT32[12, 3, 3, 3]}. */
  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }

  private interface FloatSource {
    float next();
  }

  private static void fill(float[] values, FloatSource source) {
    for (int index = 0; index < values.length; index++) {
      values[index] = source.next();
    }
  }

  private static ByteBuffer littleEndian(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long elements(int[] shape) {
    long elements = IntStream.of(shape).anyMatch(size -> size == 0) ? 0 : 1;
    for (int size : shape) {
      elements *= size;
      if (size < 0 || elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Cannot make a tensor of shape " + Arrays.toString(shape) + ": no array has that size");
      }
    }
    return elements;
  }
}
