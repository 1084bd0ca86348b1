package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The different labels of a training set, and the classes that follow from them. */
record TrainingLabels(ImageInput input, List<String> labels) {
  private static final int FEWEST_CLASSES = 2;

  TrainingLabels {
    labels = labels.stream().sorted(CodePointOrder.INSTANCE).toList();
  }

  /**
   * @throws IllegalArgumentException if the labels do not make two classes or more, or too many
   * @throws IOException if looking for an example of a label fails
   */
  TrainingClasses classes(Optional<ClassNames> given, List<String> modelNames) throws IOException {
    if (labels.isEmpty()) {
      throw cannotTrain("it has no labels; name their column in " + InputColumns.LABEL_KEY);
    }
    if (labels.size() > Labels.MOST_LABELS) {
      throw cannotTrain("it has more than %s different labels".formatted(Labels.MOST_LABELS));
    }
    TrainingClasses classes = chosen(given.or(() -> matching(modelNames)));
    if (classes.number() < FEWEST_CLASSES) {
      throw cannotTrain(
          "there is one class, and training takes at least %s".formatted(FEWEST_CLASSES));
    }
    return classes;
  }

  /** The model's own names, if they are what the labels are names of. */
  private Optional<ClassNames> matching(List<String> modelNames) {
    return input.labelKind() == LabelKind.STRING && modelNames.containsAll(labels)
        ? ClassNames.ofModel(modelNames)
        : Optional.empty();
  }

  private TrainingClasses chosen(Optional<ClassNames> names) throws IOException {
    if (names.isPresent()) {
      return TrainingClasses.named(names.get());
    }
    boolean integers =
        input.labelKind() == LabelKind.INTEGER || labels.stream().allMatch(LabelMeaning::isInteger);
    if (integers) {
      return TrainingClasses.numbered(largestIndex() + 1);
    }
    for (String label : labels) {
      if (label.isBlank()) {
        throw cannotUse(label, "it is blank, and no name of a class");
      }
    }
    return TrainingClasses.named(new ClassNames(labels, "the sorted labels"));
  }

  private int largestIndex() throws IOException {
    LabelMeaning meaning = LabelMeaning.indices(Labels.MOST_LABELS, List.of());
    int largest = 0;
    for (String label : labels) {
      Integer index = meaning.indexOf(label);
      if (index == null) {
        throw cannotUse(
            label,
            "it is not an index of a class, 0 to %s (an image without a label has null)"
                .formatted(Labels.MOST_LABELS - 1));
      }
      largest = Math.max(largest, index);
    }
    return largest;
  }

  private IllegalArgumentException cannotTrain(String reason) {
    return new IllegalArgumentException(
        "Cannot train on %s: %s".formatted(input.describe(), reason));
  }

  private IllegalArgumentException cannotUse(String label, String reason) throws IOException {
    String example = input.exampleOf(label).map(path -> " (" + path + ")").orElse("");
    return new IllegalArgumentException(
        "Cannot use label '%s'%s: %s".formatted(label, example, reason));
  }
}
