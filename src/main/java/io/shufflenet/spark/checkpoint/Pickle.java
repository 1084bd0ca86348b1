package io.shufflenet.spark.checkpoint;

import java.util.Map;

/**
 * What a pickle holds: its value, and the storages that it refers to, by key. The value is null
 * (None), a String, Long, BigInteger, Double, Boolean, {@link PickleTuple}, {@link PickleList},
 * {@link PickleDict}, {@link TensorReference}, {@link StorageReference}, {@link Global} or {@link
 * Opaque}.
 */
record Pickle(Object value, Map<String, StorageReference> storages) {}
