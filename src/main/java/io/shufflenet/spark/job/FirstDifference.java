package io.shufflenet.spark.job;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where what a run is differs from what an earlier one was.
 *
 * @param key the members' names on the way to it, joined by dots; of several the first by name
 * @param now its value as JSON, cut where it is long
 * @param then what it was
 * @param more a sentence's end that tells how many more differ; empty where none does
 */
record FirstDifference(String key, String now, String then, String more) {
  private static final int LONGEST_VALUE = 150;

  static Optional<FirstDifference> between(JsonObject now, JsonObject then) {
    Map<String, String> flatNow = flat(now);
    Map<String, String> flatThen = flat(then);
    TreeSet<String> keys = new TreeSet<>(flatNow.keySet());
    keys.addAll(flatThen.keySet());
    keys.removeIf(key -> flatNow.getOrDefault(key, "").equals(flatThen.getOrDefault(key, "")));
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    String key = keys.first();
    return Optional.of(
        new FirstDifference(
            key,
            cut(flatNow.get(key)),
            cut(flatThen.get(key)),
            keys.size() == 1 ? "" : "; %d more differ".formatted(keys.size() - 1)));
  }

  private static String cut(String value) {
    if (value == null) {
      return "not there";
    }
    return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
  }

  private static Map<String, String> flat(JsonObject object) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      if (member.getValue().isJsonObject()) {
        flat(member.getValue().getAsJsonObject())
            .forEach((key, value) -> values.put(member.getKey() + "." + key, value));
      } else {
        values.put(member.getKey(), text(member.getValue()));
      }
    }
    return values;
  }

  /** Numbers as they are meant, however they are written. */
  private static String text(JsonElement value) {
    boolean number = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    return number ? value.getAsBigDecimal().stripTrailingZeros().toPlainString() : value.toString();
  }
}
