package io.shufflenet.spark.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * How a tensor's elements lie in its storage: the first one {@code offset} elements after the
 * storage's beginning, the next one along each dimension {@code strides} further. As many strides
 * as sizes, none of them negative.
 */
record TensorView(long offset, List<Long> shape, List<Long> strides) {
  /** PyTorch's own limit. */
  private static final int MOST_DIMENSIONS = 64;

  /** {@code label} is what messages call the tensor. */
  static TensorView of(TensorReference reference, String label) throws FormatException {
    List<Long> shape = sizes(reference.shape(), label);
    List<Long> strides = sizes(reference.strides(), label);
    if (shape.size() != strides.size()) {
      throw new FormatException(
          "%s has the shape %s but the strides %s: the file is damaged"
              .formatted(label, shape, strides));
    }
    return new TensorView(reference.storage().first() + reference.offset(), shape, strides);
  }

  /** Whether the elements lie side by side in row-major order. */
  boolean isContiguous() {
    long expected = 1;
    for (int dimension = shape.size() - 1; dimension >= 0; dimension--) {
      long size = shape.get(dimension);
      if (size > 1 && strides.get(dimension) != expected) {
        return false;
      }
      expected *= size;
    }
    return true;
  }

  private static List<Long> sizes(PickleTuple tuple, String label) throws FormatException {
    if (tuple.items().size() > MOST_DIMENSIONS) {
      throw new FormatException(
          "%s has %d dimensions, where at most %d are read"
              .formatted(label, tuple.items().size(), MOST_DIMENSIONS));
    }
    List<Long> sizes = new ArrayList<>();
    for (Object item : tuple.items()) {
      if (!(item instanceof Long size) || size < 0) {
        throw new FormatException(
            "%s has %s as a size or stride: the file is damaged"
                .formatted(label, item instanceof Long ? item : "a " + Description.kind(item)));
      }
      sizes.add(size);
    }
    return sizes;
  }
}
