package io.shufflenet.spark.checkpoint;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Words for what a pickle holds, short whatever it holds. */
final class Description {
  private static final int LONGEST_TEXT = 80;
  private static final int MOST_ITEMS = 12;

  private Description() {}

  static String kind(Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof PickleDict dict) {
      return "dictionary of " + dict.size();
    }
    if (value instanceof PickleList list) {
      return "list of " + list.items().size();
    }
    if (value instanceof PickleTuple tuple) {
      return "tuple of " + tuple.items().size();
    }
    if (value instanceof Global global) {
      return "Python object " + text(global.name());
    }
    return scalarKind(value);
  }

  private static String scalarKind(Object value) {
    if (value instanceof TensorReference) {
      return "tensor";
    }
    if (value instanceof StorageReference) {
      return "storage";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof Number ? "number" : "value";
  }

  /**
   * The first keys with the kinds of their values: {@code epoch (number), model (dictionary of
   * 296)}.
   */
  static String keys(PickleDict dict) {
    if (dict.entries().isEmpty() && dict.size() > 0) {
      return dict.size() + " that are no strings";
    }
    return some(
        dict.entries().entrySet(),
        entry -> text(entry.getKey()) + " (" + kind(entry.getValue()) + ")");
  }

  static String names(Collection<String> names) {
    return some(names, Description::text);
  }

  private static <T> String some(Collection<T> items, Function<T, String> words) {
    if (items.isEmpty()) {
      return "none";
    }
    String first = items.stream().limit(MOST_ITEMS).map(words).collect(Collectors.joining(", "));
    int more = items.size() - MOST_ITEMS;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** Text from a file, fit to be shown: printable and not long. */
  static String text(Object value) {
    String text = String.valueOf(value);
    String start = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
    return start
        .codePoints()
        .map(character -> isPrintable(character) ? character : '?')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
