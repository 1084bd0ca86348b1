package io.shufflenet.spark.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of the command line by key: those of --set, outweighed by the keys' own options. */
final class Overrides {
  private final Map<String, String> byKey;

  Overrides(Map<String, String> settings) {
    byKey = new LinkedHashMap<>(settings);
  }

  /**
   * @param value null where the option was not given
   */
  Overrides with(String key, String value) {
    if (value != null) {
      byKey.put(key, value);
    }
    return this;
  }

  Map<String, String> byKey() {
    return Collections.unmodifiableMap(byKey);
  }
}
