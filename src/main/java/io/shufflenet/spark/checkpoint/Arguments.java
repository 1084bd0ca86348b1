package io.shufflenet.spark.checkpoint;

import java.util.List;

/** The arguments of one call in a pickle, and what the few calls that are known mean. */
final class Arguments {
  private static final int VIEW_ITEM = 5;

  private final String function;
  private final List<Object> values;

  private Arguments(String function, List<Object> values) {
    this.function = function;
    this.values = values;
  }

  static Arguments of(String function, Object arguments) throws FormatException {
    if (arguments instanceof PickleTuple tuple) {
      return new Arguments(function, tuple.items());
    }
    throw new FormatException(
        "its pickle is damaged: %s is made of a %s"
            .formatted(function, Description.kind(arguments)));
  }

  /** What the call stands for. */
  Object result(Global called) throws FormatException {
    return switch (called.role()) {
      case ORDERED_DICT -> orderedDict();
      case TENSOR -> tensor(at(0, StorageReference.class));
      case UNTYPED_TENSOR -> tensor(untyped(at(0, StorageReference.class)));
      case PARAMETER -> at(0, TensorReference.class);
      case SIZE -> at(0, PickleTuple.class);
      case OPAQUE -> Opaque.VALUE;
      case STORAGE ->
          throw new FormatException("its pickle is damaged: it calls the class " + called.name());
    };
  }

  /**
   * The storage of a persistent id: 'storage', class, key, device, elements, and a view in the
   * legacy format.
   */
  StorageReference storage() throws FormatException {
    if (values.isEmpty() || !"storage".equals(values.get(0))) {
      throw new FormatException("its pickle is damaged: it refers to something that is no storage");
    }
    StorageType type = at(1, Global.class).storage().orElseThrow(() -> unfit(1));
    StorageReference whole = StorageReference.whole(type, at(2, String.class), size(4));
    if (values.size() <= VIEW_ITEM || values.get(VIEW_ITEM) == null) {
      return whole;
    }
    Arguments view = of("a view of a storage", values.get(VIEW_ITEM));
    return whole.part(view.size(1), view.size(2));
  }

  /** Python 2 hands an OrderedDict's entries to its constructor, as a list of two-item lists. */
  private PickleDict orderedDict() throws FormatException {
    PickleDict dict = new PickleDict();
    if (values.isEmpty()) {
      return dict;
    }
    for (Object entry : at(0, PickleList.class).items()) {
      List<Object> pair = entry instanceof PickleList list ? list.items() : List.of();
      if (pair.size() != 2) {
        throw unfit(0);
      }
      dict.put(pair.get(0), pair.get(1));
    }
    return dict;
  }

  private TensorReference tensor(StorageReference storage) throws FormatException {
    return new TensorReference(
        storage, size(1), at(2, PickleTuple.class), at(3, PickleTuple.class));
  }

  /**
   * Where PyTorch has no storage class for a type, float8 and such, the true type is another
   * argument.
   */
  private static StorageReference untyped(StorageReference storage) {
    return StorageReference.whole(StorageType.UNTYPED, storage.key(), storage.elements());
  }

  private long size(int index) throws FormatException {
    long size = at(index, Long.class);
    if (size < 0) {
      throw new FormatException(
          "its pickle is damaged: %s has the negative size %d".formatted(function, size));
    }
    return size;
  }

  private <T> T at(int index, Class<T> type) throws FormatException {
    if (index >= values.size() || !type.isInstance(values.get(index))) {
      throw unfit(index);
    }
    return type.cast(values.get(index));
  }

  private FormatException unfit(int index) {
    String found = index < values.size() ? Description.kind(values.get(index)) : "nothing";
    return new FormatException(
        "its pickle is damaged: %s has %s as argument %d".formatted(function, found, index));
  }
}
