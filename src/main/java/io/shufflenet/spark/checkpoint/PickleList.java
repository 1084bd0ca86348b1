package io.shufflenet.spark.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Python list. Compared by identity: its items may be anything, itself included. */
final class PickleList {
  private final List<Object> items = new ArrayList<>(0);

  void add(Object item) {
    items.add(item);
  }

  void addAll(List<Object> more) {
    items.addAll(more);
  }

  List<Object> items() {
    return Collections.unmodifiableList(items);
  }
}
