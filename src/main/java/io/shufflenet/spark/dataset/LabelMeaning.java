package io.shufflenet.spark.dataset;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which class a label means. */
sealed interface LabelMeaning extends Serializable {
  /** The index of the label's class, or null. */
  Integer indexOf(String label);

  /** The name of the class whose index the label gives, or null. */
  String nameOf(String label);

  /** Labels are names of classes, in the order of their indices. */
  static LabelMeaning names(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    for (int index = 0; index < names.size(); index++) {
      indices.put(names.get(index), index);
    }
    return new ByName(Map.copyOf(indices));
  }

  /**
   * Labels are indices of classes.
   *
   * @param names of the classes, or empty where they are not known
   */
  static LabelMeaning indices(int classes, List<String> names) {
    return new ByIndex(classes, List.copyOf(names));
  }

  /** Whether the label is written as an integer. */
  static boolean isInteger(String label) {
    return ByIndex.INTEGER.matcher(label).matches();
  }

  record ByName(Map<String, Integer> indices) implements LabelMeaning {
    @Override
    public Integer indexOf(String label) {
      return label == null ? null : indices.get(label);
    }

    @Override
    public String nameOf(String label) {
      return null;
    }
  }

  record ByIndex(int classes, List<String> names) implements LabelMeaning {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    @Override
    public Integer indexOf(String label) {
      if (label == null || !isInteger(label)) {
        return null;
      }
      long index = Long.parseLong(label);
      return index >= 0 && index < classes ? (int) index : null;
    }

    @Override
    public String nameOf(String label) {
      Integer index = indexOf(label);
      return index == null || names.isEmpty() ? null : names.get(index);
    }
  }
}
