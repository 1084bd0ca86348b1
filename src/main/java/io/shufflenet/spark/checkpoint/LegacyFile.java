package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of PyTorch before 1.6: pickles of a magic number, a version, facts about the system,
 * the object and the storages' keys; then, in the keys' order, each storage as its number of
 * elements and their bytes.
 */
final class LegacyFile implements TorchFile {
  private static final Long VERSION = 1001L;

  private final Object root;
  private final Map<String, ByteBuffer> storages;

  private LegacyFile(Object root, Map<String, ByteBuffer> storages) {
    this.root = root;
    this.storages = storages;
  }

  /** The file must begin with the magic number, as {@link FileKind} checks. */
  static LegacyFile read(byte[] file) throws FormatException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    PickleMachine.read(bytes);
    requireVersion(PickleMachine.read(bytes).value());
    requireLittleEndian(PickleMachine.read(bytes).value());
    Pickle object = PickleMachine.read(bytes);
    return new LegacyFile(object.value(), storages(bytes, object.storages()));
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer bytes(String storageKey) throws FormatException {
    ByteBuffer storage = storages.get(storageKey);
    if (storage == null) {
      throw new FormatException(
          "storage %s is missing: the file is damaged".formatted(Description.text(storageKey)));
    }
    return storage;
  }

  private static void requireVersion(Object version) throws FormatException {
    if (!VERSION.equals(version)) {
      throw new FormatException(
          "it has version %s of PyTorch's old format, where %d is read"
              .formatted(Description.text(version), VERSION));
    }
  }

  private static void requireLittleEndian(Object system) throws FormatException {
    if (system instanceof PickleDict facts
        && Boolean.FALSE.equals(facts.entries().get("little_endian"))) {
      throw new FormatException("it was written on a big-endian machine, which is not supported");
    }
  }

  private static Map<String, ByteBuffer> storages(
      ByteBuffer bytes, Map<String, StorageReference> references) throws FormatException {
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (Object item : keys(PickleMachine.read(bytes).value())) {
      StorageReference reference = item instanceof String key ? references.get(key) : null;
      if (reference == null) {
        String key = item instanceof String ? Description.text(item) : Description.kind(item);
        throw new FormatException("no tensor uses storage %s: the file is damaged".formatted(key));
      }
      storages.put(reference.key(), next(bytes, reference));
    }
    return storages;
  }

  private static List<Object> keys(Object keys) throws FormatException {
    if (keys instanceof PickleList list) {
      return list.items();
    }
    throw new FormatException(
        "its storages' keys are a %s: the file is damaged".formatted(Description.kind(keys)));
  }

  private static ByteBuffer next(ByteBuffer bytes, StorageReference reference)
      throws FormatException {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long elements = bytes.remaining() < Long.BYTES ? -1 : bytes.getLong();
    long length = elements * reference.type().elementBytes();
    if (elements < 0 || elements > bytes.remaining() || length > bytes.remaining()) {
      throw new FormatException(
          "storage %s ends early: the file is cut off or damaged"
              .formatted(Description.text(reference.key())));
    }
    ByteBuffer storage = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return storage;
  }
}
