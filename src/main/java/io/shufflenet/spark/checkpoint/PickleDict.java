package io.shufflenet.spark.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Python dict or OrderedDict, of which the entries under strings are kept: a state dict has no
 * others. Entries under numbers, booleans and None, as in an optimizer's state, are only counted.
 * Compared by identity: its values may be anything, itself included.
 */
final class PickleDict {
  private final Map<String, Object> entries = new LinkedHashMap<>();
  private int others;

  /**
   * Adds an entry, or replaces the value of an equal string.
   *
   * @throws FormatException if the key is neither string, number, boolean nor None
   */
  void put(Object key, Object value) throws FormatException {
    if (key instanceof String name) {
      entries.put(name, value);
    } else if (key == null || key instanceof Number || key instanceof Boolean) {
      others++;
    } else {
      throw new FormatException(
          "a dictionary has a %s as a key, where only strings and numbers are read"
              .formatted(Description.kind(key)));
    }
  }

  /** The values under strings, in the order in which Python kept them. */
  Map<String, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** How many entries have been put, each time that a number was put counted. */
  int size() {
    return entries.size() + others;
  }
}
