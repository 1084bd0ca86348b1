package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sees that every label of an input is a class of the model. */
record LabelCheck(ImageInput input, List<String> labels, LabelResolution resolution, int classes) {
  private static final int SHOWN = 5;

  /**
   * @throws IllegalArgumentException if there is no label, or one that is not a class
   * @throws IOException if looking for an example of it fails
   */
  void require() throws IOException {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use %s: it has no labels; name their column in %s (predict needs none)"
              .formatted(input.describe(), InputColumns.LABEL_KEY));
    }
    LabelMeaning meaning = resolution.meaning().orElseThrow(this::unmatched);
    List<String> unknown =
        sorted().stream().filter(label -> meaning.indexOf(label) == null).toList();
    if (!unknown.isEmpty()) {
      throw unknown(meaning, unknown);
    }
  }

  private IllegalArgumentException unmatched() {
    String numbers =
        "%s labels (%s) and the model has %s classes"
            .formatted(labels.size(), shown(sorted()), classes);
    return new IllegalArgumentException(
        "Cannot match labels with classes: there are %s; name a file of class names in %s"
            .formatted(numbers, ClassNames.KEY));
  }

  private List<String> sorted() {
    return labels.stream().sorted(CodePointOrder.INSTANCE).toList();
  }

  private IllegalArgumentException unknown(LabelMeaning meaning, List<String> unknown)
      throws IOException {
    String label = unknown.get(0);
    String example = input.exampleOf(label).map(path -> " (" + path + ")").orElse("");
    String reason = meaning instanceof LabelMeaning.ByIndex ? noIndex(label) : noName(label);
    String others =
        unknown.size() == 1
            ? ""
            : "; %s more are not: %s"
                .formatted(unknown.size() - 1, shown(unknown.subList(1, unknown.size())));
    return new IllegalArgumentException(
        "Cannot use label '%s'%s: %s%s".formatted(label, example, reason, others));
  }

  private String noIndex(String label) {
    String reason = "it is not an index of the model's %s classes, 0 to %s";
    if (label.equals("-1")) {
      reason += " (an image without a label has null)";
    } else if (label.equals(Integer.toString(classes)) && !labels.contains("0")) {
      reason += " (do the labels count from 1?)";
    }
    return reason.formatted(classes, classes - 1);
  }

  private String noName(String label) {
    ClassNames names = resolution.names().orElseThrow();
    String similar =
        names.names().stream()
            .filter(name -> simplified(name).equals(simplified(label)))
            .findFirst()
            .map(name -> " (is it '" + name + "'?)")
            .orElse("");
    String hint =
        similar.isEmpty() && names.synsets().isEmpty() && WordNet.isId(label)
            ? " (name a file with WordNet ids and names in " + ClassNames.KEY + ")"
            : similar;
    return "it is not one of the %s class names of %s%s"
        .formatted(names.names().size(), names.source(), hint);
  }

  /** Equal for names that a person would take for the same. */
  private static String simplified(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replace('_', ' ')
        .replace('-', ' ')
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static String shown(List<String> labels) {
    String first =
        labels.stream()
            .limit(SHOWN)
            .map(label -> "'" + label + "'")
            .collect(Collectors.joining(", "));
    return labels.size() <= SHOWN ? first : first + ", ...";
  }
}
