package io.shufflenet.spark.dataset;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which class a label means. */
sealed interface LabelMeaning extends Serializable {
  /** The index of the label's class, or null. */
  Integer indexOf(String label);

  /** Whether every label means a class. */
  default boolean means(List<String> labels) {
    return labels.stream().allMatch(label -> indexOf(label) != null);
  }

  /** The name of the label's class, or null where it has none or is not known. */
  String nameOf(String label);

  /** Labels are names of classes, or their WordNet ids where those are known. */
  static LabelMeaning names(ClassNames classes) {
    Map<String, Integer> indices = new HashMap<>();
    putIndices(indices, classes.names());
    putIndices(indices, classes.synsets());
    return new ByName(Map.copyOf(indices), classes.names());
  }

  /** No label means a class. */
  static LabelMeaning unknown() {
    return new ByName(Map.of(), List.of());
  }

  private static void putIndices(Map<String, Integer> indices, List<String> labels) {
    for (int index = 0; index < labels.size(); index++) {
      indices.put(labels.get(index), index);
    }
  }

  /**
   * Labels are indices of classes.
   *
   * @param names of the classes, or empty where they are not known
   */
  static LabelMeaning indices(int classes, List<String> names) {
    return new ByIndex(classes, List.copyOf(names));
  }

  /** As {@code all}, but no label means any other class than these. */
  static LabelMeaning within(LabelMeaning all, Set<Integer> classes) {
    return new Within(all, Set.copyOf(classes));
  }

  /** Whether the label is written as an integer. */
  static boolean isInteger(String label) {
    return ByIndex.INTEGER.matcher(label).matches();
  }

  record Within(LabelMeaning all, Set<Integer> classes) implements LabelMeaning {
    @Override
    public Integer indexOf(String label) {
      Integer index = all.indexOf(label);
      return index != null && classes.contains(index) ? index : null;
    }

    @Override
    public String nameOf(String label) {
      return all.nameOf(label);
    }
  }

  record ByName(Map<String, Integer> indices, List<String> names) implements LabelMeaning {
    @Override
    public Integer indexOf(String label) {
      return label == null ? null : indices.get(label);
    }

    @Override
    public String nameOf(String label) {
      Integer index = indexOf(label);
      return index == null ? null : names.get(index);
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
