package io.shufflenet.spark.dataset;

import java.util.List;
import java.util.Optional;

/**
 * The most plausible meaning of an input's labels.
 *
 * @param meaning empty if the labels are names and it is not known of which classes
 * @param names of the classes, where they are known
 * @param note for a person
 */
record LabelResolution(
    Optional<LabelMeaning> meaning, Optional<ClassNames> names, Optional<String> note) {

  static LabelResolution of(
      ImageInput input, List<String> labels, Optional<ClassNames> given, int classes) {
    return switch (input.labelKind()) {
      case NONE -> new LabelResolution(Optional.empty(), given, Optional.empty());
      case INTEGER -> indices(given, classes, Optional.empty());
      case STRING -> ofStrings(labels, given, classes);
    };
  }

  private static LabelResolution ofStrings(
      List<String> labels, Optional<ClassNames> given, int classes) {
    boolean named = given.map(LabelMeaning::names).map(names -> names.means(labels)).orElse(false);
    boolean integers = !labels.isEmpty() && labels.stream().allMatch(LabelMeaning::isInteger);
    if (integers && !named) {
      return indices(
          given,
          classes,
          Optional.of(
              "The labels are all integers and are taken as class indices: 10 comes after 2."));
    }
    if (given.isPresent()) {
      return names(given.get());
    }
    if (labels.size() == classes && labels.stream().noneMatch(String::isBlank)) {
      List<String> sorted = labels.stream().sorted(CodePointOrder.INSTANCE).toList();
      return names(new ClassNames(sorted, "the sorted labels"));
    }
    return new LabelResolution(Optional.empty(), given, Optional.of(unmatched(labels, classes)));
  }

  private static LabelResolution indices(
      Optional<ClassNames> given, int classes, Optional<String> note) {
    List<String> names = given.map(ClassNames::names).orElse(List.of());
    return new LabelResolution(Optional.of(LabelMeaning.indices(classes, names)), given, note);
  }

  private static LabelResolution names(ClassNames names) {
    return new LabelResolution(
        Optional.of(LabelMeaning.names(names)), Optional.of(names), Optional.empty());
  }

  private static String unmatched(List<String> labels, int classes) {
    return "The labels are kept but not matched: there are %s, and the model has %s classes."
        .formatted(labels.size(), classes);
  }
}
