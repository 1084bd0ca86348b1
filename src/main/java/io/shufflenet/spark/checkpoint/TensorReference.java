package io.shufflenet.spark.checkpoint;

/**
 * A tensor as a pickle names it: where its elements lie in a storage. Nothing here is checked until
 * {@link TensorView} is made of it. The tuples are the pickle's own, since a small pickle can name
 * many tensors that share large ones.
 */
record TensorReference(
    StorageReference storage, long offset, PickleTuple shape, PickleTuple strides) {}
