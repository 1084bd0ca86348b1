package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * The classes that predictions are limited to, where an input covers only some of the model's.
 *
 * @param setting {@code classes.restrict}: a text file on any Hadoop file system that names a class
 *     in each line, as labels do; or {@code labels} for the classes of the input's labels
 */
record ClassRestriction(String setting, Configuration hadoop) {
  static final String KEY = "classes.restrict";

  /** The setting's value for the classes of the input's labels. */
  static final String OF_LABELS = "labels";

  private static final int FEWEST = 2;

  /**
   * The classes' indices, rising. Of a table's labels a Spark job runs.
   *
   * @param labels what the labels of the input mean
   * @throws IllegalArgumentException if a line of the file names no class, or one again; if there
   *     are fewer than two classes
   * @throws IOException if the file cannot be read
   */
  List<Integer> classes(ImageInput input, Labels labels) throws IOException {
    List<Integer> classes = setting.equals(OF_LABELS) ? ofLabels(input, labels) : ofFile(labels);
    if (classes.size() < FEWEST) {
      throw cannotUse(
          "it leaves %s of the model's %s classes, and it takes at least %s to tell apart"
              .formatted(classes.size(), labels.classes(), FEWEST));
    }
    return classes;
  }

  private static List<Integer> ofLabels(ImageInput input, Labels labels) throws IOException {
    return List.copyOf(
        new TreeSet<>(
            input.distinctLabels(Labels.MOST_LABELS).stream()
                .map(labels.meaning()::indexOf)
                .filter(Objects::nonNull)
                .toList()));
  }

  private List<Integer> ofFile(Labels labels) throws IOException {
    List<String> lines = TextLines.read(setting, KEY, named(), hadoop);
    LabelMeaning names = labels.ofNames();
    boolean indices = !names.means(lines) && lines.stream().allMatch(LabelMeaning::isInteger);
    LabelMeaning meaning = indices ? LabelMeaning.indices(labels.classes(), labels.names()) : names;
    Map<Integer, Integer> found = new HashMap<>();
    for (int line = 1; line <= lines.size(); line++) {
      Integer index = meaning.indexOf(lines.get(line - 1));
      if (index == null) {
        throw cannotUse(
            "line %s is '%s', and not %s"
                .formatted(line, lines.get(line - 1), what(indices, labels)));
      }
      Integer earlier = found.put(index, line);
      if (earlier != null) {
        throw cannotUse("lines %s and %s name the same class".formatted(earlier, line));
      }
    }
    return List.copyOf(new TreeSet<>(found.keySet()));
  }

  private static String what(boolean indices, Labels labels) {
    if (indices) {
      return "an index of the model's %s classes, from 0".formatted(labels.classes());
    }
    return labels.names().isEmpty()
        ? "an index; to name classes say what they are called in " + ClassNames.KEY
        : "one of the names of the model's %s classes".formatted(labels.classes());
  }

  private String named() {
    return KEY + " = " + setting;
  }

  private IllegalArgumentException cannotUse(String reason) {
    return TextLines.cannotUse(named(), reason);
  }
}
