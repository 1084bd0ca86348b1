package io.shufflenet.spark.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Emits a pickle of protocol 2, the one that {@code torch.save} and TorchScript use. Values are put
 * on the reader's stack one by one; the instructions that build something take from there what they
 * need.
 */
final class PickleWriter {
  private static final int PROTOCOL = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    out.write(Opcode.PROTO);
    out.write(PROTOCOL);
  }

  void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    instruction(Opcode.BINUNICODE);
    littleEndian(encoded.length);
    out.writeBytes(encoded);
  }

  void integer(long value) {
    if (value == (int) value) {
      instruction(Opcode.BININT);
      littleEndian((int) value);
      return;
    }
    instruction(Opcode.LONG1);
    out.write(Long.BYTES);
    littleEndian((int) value);
    littleEndian((int) (value >>> Integer.SIZE));
  }

  /** The class or function {@code name} of a Python module. */
  void global(String module, String name) {
    instruction(Opcode.GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** An instruction without an argument, such as {@link Opcode#MARK} or {@link Opcode#SETITEMS}. */
  void instruction(int opcode) {
    out.write(opcode);
  }

  /** A new OrderedDict without entries. */
  void orderedDict() {
    global("collections", "OrderedDict");
    instruction(Opcode.EMPTY_TUPLE);
    instruction(Opcode.REDUCE);
  }

  /** A row-major tensor whose elements are the whole storage {@code storageKey}. */
  void tensor(Tensor tensor, String storageKey) {
    tensor(tensor, storageKey, rowMajorStrides(tensor.shape()));
  }

  /** A tensor whose elements are the whole storage {@code storageKey}, in the strides' order. */
  void tensor(Tensor tensor, String storageKey, int[] strides) {
    global("torch._utils", "_rebuild_tensor_v2");
    instruction(Opcode.MARK);
    storage(StorageType.of(tensor.type()), storageKey, tensor.elements());
    integer(0);
    integers(tensor.shape());
    integers(strides);
    instruction(Opcode.NEWFALSE);
    orderedDict();
    instruction(Opcode.TUPLE);
    instruction(Opcode.REDUCE);
  }

  /** Ends the pickle, whose value is what is on the stack. */
  byte[] stop() {
    instruction(Opcode.STOP);
    return out.toByteArray();
  }

  private void storage(StorageType type, String key, long elements) {
    instruction(Opcode.MARK);
    text("storage");
    global("torch", type.className());
    text(key);
    text("cpu");
    integer(elements);
    instruction(Opcode.TUPLE);
    instruction(Opcode.BINPERSID);
  }

  private void integers(int[] values) {
    instruction(Opcode.MARK);
    for (int value : values) {
      integer(value);
    }
    instruction(Opcode.TUPLE);
  }

  private void littleEndian(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /** As PyTorch counts them: a dimension of size 0 counts as 1. */
  private static int[] rowMajorStrides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
      strides[dimension] = stride;
      stride *= Math.max(1, shape[dimension]);
    }
    return strides;
  }
}
