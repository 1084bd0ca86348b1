package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;

/** What both of PyTorch's formats hold: one pickled object, and the storages that it refers to. */
interface TorchFile {
  Object root();

  /**
   * The little-endian bytes stored under a storage's key, however long.
   *
   * @throws FormatException if there are none
   */
  ByteBuffer bytes(String storageKey) throws FormatException;

  /**
   * All bytes of a storage, whichever part the reference shows.
   *
   * @throws FormatException if the file has no such storage, or one of another length
   */
  default ByteBuffer storage(StorageReference reference) throws FormatException {
    ByteBuffer bytes = bytes(reference.key());
    long elements = reference.elements();
    int elementBytes = reference.type().elementBytes();
    if (elements > bytes.capacity() || elements * elementBytes != bytes.capacity()) {
      throw new FormatException(
          "storage %s has %d bytes, not %d elements of %d: the file is damaged"
              .formatted(
                  Description.text(reference.key()), bytes.capacity(), elements, elementBytes));
    }
    return bytes;
  }
}
