package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes tensors of what a file's storages hold. Everything is checked before memory is allocated.
 */
final class TensorLoader {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final TorchFile file;
  private final MemoryBudget budget;

  TensorLoader(TorchFile file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  /**
   * A row-major copy of the elements that {@code reference} shows. {@code name} is for messages.
   */
  Tensor load(String name, TensorReference reference) throws FormatException {
    String label = "tensor " + Description.text(name);
    TensorView view = TensorView.of(reference, label);
    Tensor.Type type = type(label, reference.storage().type());
    int length = length(label, view.shape(), type.bytes());
    budget.take(length, label);
    int[] shape = view.shape().stream().mapToInt(Math::toIntExact).toArray();
    if (length == 0) {
      return new Tensor(type, shape, new byte[0]);
    }
    ByteBuffer storage = file.storage(reference.storage());
    requireInside(label, view, reference.storage());
    return new Tensor(type, shape, content(storage, view, type.bytes(), length));
  }

  private static byte[] content(ByteBuffer storage, TensorView view, int elementBytes, int length) {
    byte[] content = new byte[length];
    int first = Math.toIntExact(view.offset());
    if (view.isContiguous()) {
      storage.get(first * elementBytes, content);
    } else {
      new StridedCopy(view, elementBytes).copy(storage, first, content);
    }
    return content;
  }

  private static Tensor.Type type(String label, StorageType type) throws FormatException {
    return type.tensorType()
        .orElseThrow(
            () ->
                new FormatException(
                    "%s has elements of a type that is not supported (torch.%s)"
                        .formatted(label, type.className())));
  }

  /** Bytes of all elements. */
  private static int length(String label, List<Long> shape, int elementBytes)
      throws FormatException {
    long length = shape.contains(0L) ? 0 : elementBytes;
    for (long size : shape) {
      if (size > LONGEST_ARRAY || length * size > LONGEST_ARRAY) {
        throw new FormatException("%s is too large: its shape is %s".formatted(label, shape));
      }
      length *= size;
    }
    return (int) length;
  }

  /** Needs the storage's own length checked, so that no step can overflow. */
  private static void requireInside(String label, TensorView view, StorageReference storage)
      throws FormatException {
    long end = storage.first() + storage.visible();
    boolean inside = view.offset() >= 0 && view.offset() < end;
    long last = view.offset();
    for (int dimension = 0; inside && dimension < view.shape().size(); dimension++) {
      long steps = view.shape().get(dimension) - 1;
      last += steps * Math.min(view.strides().get(dimension), end);
      inside = last < end;
    }
    if (!inside) {
      throw new FormatException(
          "%s reaches beyond its storage of %d elements: the file is damaged"
              .formatted(label, storage.visible()));
    }
  }
}
