package io.shufflenet.spark.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Checkpoint files made byte by byte, good and bad. */
final class TestFiles {
  private static final byte[] LEGACY_MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8A,
    10,
    0x6C,
    (byte) 0xFC,
    (byte) 0x9C,
    0x46,
    (byte) 0xF9,
    0x20,
    0x6A,
    (byte) 0xA8,
    0x50,
    0x19,
    '.'
  };

  private TestFiles() {}

  /** A pickle of one value. */
  static byte[] pickle(Consumer<PickleWriter> value) {
    PickleWriter pickle = new PickleWriter();
    value.accept(pickle);
    return pickle.stop();
  }

  /** A pickle of {@code {key: value}}. */
  static byte[] dict(String key, Consumer<PickleWriter> value) {
    return pickle(
        pickle -> {
          pickle.instruction(Opcode.EMPTY_DICT);
          pickle.text(key);
          value.accept(pickle);
          pickle.instruction(Opcode.SETITEM);
        });
  }

  /** Bytes that are no method's of {@link PickleWriter}. */
  static Consumer<PickleWriter> raw(int... bytes) {
    return pickle -> {
      for (int next : bytes) {
        pickle.instruction(next);
      }
    };
  }

  /** A tensor of FLOAT32, of any offset, shape and strides, in a storage of {@code elements}. */
  static Consumer<PickleWriter> view(long elements, long offset, long[] shape, long[] strides) {
    return pickle -> {
      pickle.global("torch._utils", "_rebuild_tensor_v2");
      pickle.instruction(Opcode.MARK);
      storage("torch", "FloatStorage", elements).accept(pickle);
      pickle.integer(offset);
      tuple(shape).accept(pickle);
      tuple(strides).accept(pickle);
      pickle.instruction(Opcode.TUPLE);
      pickle.instruction(Opcode.REDUCE);
    };
  }

  /** The storage {@code 0}. */
  static Consumer<PickleWriter> storage(String module, String type, long elements) {
    return pickle -> {
      pickle.instruction(Opcode.MARK);
      pickle.text("storage");
      pickle.global(module, type);
      pickle.text("0");
      pickle.text("cuda:0");
      pickle.integer(elements);
      pickle.instruction(Opcode.TUPLE);
      pickle.instruction(Opcode.BINPERSID);
    };
  }

  static Consumer<PickleWriter> tuple(long... items) {
    return pickle -> {
      pickle.instruction(Opcode.MARK);
      for (long item : items) {
        pickle.integer(item);
      }
      pickle.instruction(Opcode.TUPLE);
    };
  }

  static byte[] floats(float... values) {
    return Tensor.ofFloats(values, values.length).content();
  }

  /** PyTorch's zip format, with storages {@code 0}, {@code 1}, ... */
  static byte[] zip(byte[] pickle, byte[]... storages) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", pickle);
    for (int key = 0; key < storages.length; key++) {
      entries.put("data/" + key, storages[key]);
    }
    return zip(entries);
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TorchArchiveWriter archive = new TorchArchiveWriter(out, "archive")) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        archive.entry(entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** PyTorch's old format with the one storage {@code 0}. */
  static byte[] legacy(byte[] object, long elements, byte[] storage) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(LEGACY_MAGIC);
    out.writeBytes(pickle(pickle -> pickle.integer(1001)));
    out.writeBytes(dict("little_endian", raw(Opcode.NEWTRUE)));
    out.writeBytes(object);
    out.writeBytes(
        pickle(
            pickle -> {
              pickle.instruction(Opcode.EMPTY_LIST);
              pickle.text("0");
              pickle.instruction(Opcode.APPEND);
            }));
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(elements).array());
    out.writeBytes(storage);
    return out.toByteArray();
  }
}
