package io.shufflenet.spark.checkpoint;

import java.util.Collections;
import java.util.List;

/** A Python tuple. Compared by identity: its items may be anything, itself included. */
final class PickleTuple {
  static final PickleTuple EMPTY = new PickleTuple(List.of());

  private final List<Object> items;

  /** Takes ownership of the list, which may hold null for Python's None. */
  PickleTuple(List<Object> items) {
    this.items = Collections.unmodifiableList(items);
  }

  List<Object> items() {
    return items;
  }
}
