package io.shufflenet.spark.checkpoint;

/**
 * A storage as a pickle names it: {@code elements} in all, stored under {@code key}, of which a
 * tensor sees {@code visible} from {@code first} on. Only the legacy format has storages that show
 * a part of another.
 */
record StorageReference(StorageType type, String key, long elements, long first, long visible) {
  static StorageReference whole(StorageType type, String key, long elements) {
    return new StorageReference(type, key, elements, 0, elements);
  }

  /**
   * The part that {@code visible} elements from {@code first} on make.
   *
   * @throws FormatException if they reach beyond this storage
   */
  StorageReference part(long first, long visible) throws FormatException {
    if (first > elements || visible > elements - first) {
      throw new FormatException(
          "a view of %d elements from %d on lies outside of its storage of %d"
              .formatted(visible, first, elements));
    }
    return new StorageReference(type, key, elements, first, visible);
  }
}
