package io.shufflenet.spark.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * Values that a pickle will refer to again, by number. Picklers count from 0, Python 2's from 1.
 */
final class PickleMemo {
  private final List<Object> values = new ArrayList<>();

  void put(int index, Object value) throws FormatException {
    if (index < 0 || index > values.size() + 1) {
      throw new FormatException("its pickle is damaged: it skips to value number " + index);
    }
    while (values.size() <= index) {
      values.add(null);
    }
    values.set(index, value);
  }

  void add(Object value) {
    values.add(value);
  }

  Object at(int index) throws FormatException {
    if (index < 0 || index >= values.size()) {
      throw new FormatException(
          "its pickle is damaged: it refers to a missing value, number " + index);
    }
    return values.get(index);
  }
}
