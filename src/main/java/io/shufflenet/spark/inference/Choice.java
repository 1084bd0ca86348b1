package io.shufflenet.spark.inference;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What a user chooses by its name, of all that there is. */
public final class Choice {
  private Choice() {}

  /**
   * The constant of that name, in any case.
   *
   * @param key the setting or option whose value the name is, for messages
   * @throws IllegalArgumentException if there is none
   */
  public static <T extends Enum<T>> T constant(T[] constants, String name, String key) {
    return Arrays.stream(constants)
        .filter(constant -> constant.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use %s = %s: it is one of %s"
                        .formatted(
                            key, name, Arrays.toString(constants).toLowerCase(Locale.ROOT))));
  }

  /** The known name that takes the fewest changes to become this one. */
  public static String nearest(Collection<String> known, String name) {
    return known.stream()
        .min(Comparator.comparingInt(other -> editDistance(other, name)))
        .orElseThrow();
  }

  private static int editDistance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
