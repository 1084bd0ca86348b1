package io.shufflenet.spark.benchmark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ONNX model, built up operation by operation: one float32 input and one output, whose first
 * dimension is of any size.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>, which has
 *     the fields' numbers
 */
final class OnnxFile {
  static final String INPUT = "pixels";
  private static final String OUTPUT = "logits";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Protobuf graph = new Protobuf().text(2, "network");

  /** A node's attributes. */
  static final class Attributes {
    private static final int INT = 2;
    private static final int INTS = 7;

    private final Protobuf[] values;

    private Attributes(Protobuf... values) {
      this.values = values;
    }

    static Attributes of(Protobuf... values) {
      return new Attributes(values);
    }

    static Protobuf integer(String name, long value) {
      return new Protobuf().text(1, name).integer(3, value).integer(20, INT);
    }

    static Protobuf integers(String name, long... values) {
      Protobuf attribute = new Protobuf().text(1, name).integer(20, INTS);
      for (long value : values) {
        attribute.integer(8, value);
      }
      return attribute;
    }
  }

  /** Adds an operation, whose only result gets the name {@code result}. */
  void node(String operation, String result, Attributes attributes, String... inputs) {
    Protobuf node = new Protobuf();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, result).text(3, result).text(4, operation);
    for (Protobuf attribute : attributes.values) {
      node.message(5, attribute);
    }
    graph.message(1, node);
  }

  /** Adds numbers that operations may name, row-major. */
  void constant(String name, int[] shape, double[] values) {
    byte[] content = new byte[values.length * Float.BYTES];
    ByteBuffer floats = littleEndian(content);
    for (double value : values) {
      floats.putFloat((float) value);
    }
    Protobuf tensor = new Protobuf();
    for (int size : shape) {
      tensor.integer(1, size);
    }
    constant(tensor.integer(2, FLOAT), name, content);
  }

  /** Adds a shape that operations may name. */
  void shape(String name, long... sizes) {
    byte[] content = new byte[sizes.length * Long.BYTES];
    ByteBuffer longs = littleEndian(content);
    for (long size : sizes) {
      longs.putLong(size);
    }
    constant(new Protobuf().integer(1, sizes.length).integer(2, INT64), name, content);
  }

  private void constant(Protobuf tensor, String name, byte[] content) {
    graph.message(5, tensor.text(8, name).bytes(9, content));
  }

  private static ByteBuffer littleEndian(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The whole file.
   *
   * @param result the name of the operation's result that is the output: {@code (N, classes)}
   * @param side of the square input {@code (N, 3, side, side)}
   */
  byte[] bytes(String result, int classes, int side) {
    node("Identity", OUTPUT, Attributes.of(), result);
    graph.message(11, value(INPUT, 3, side, side));
    graph.message(12, value(OUTPUT, classes));
    Protobuf operators = new Protobuf().text(1, "").integer(2, OPERATOR_SET);
    return new Protobuf()
        .integer(1, IR_VERSION)
        .text(2, "shufflenet-spark")
        .message(7, graph)
        .message(8, operators)
        .toBytes();
  }

  private static Protobuf value(String name, int... sizes) {
    Protobuf shape = new Protobuf().message(1, new Protobuf().text(2, "N"));
    for (int size : sizes) {
      shape.message(1, new Protobuf().integer(1, size));
    }
    Protobuf tensor = new Protobuf().integer(1, FLOAT).message(2, shape);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }
}
