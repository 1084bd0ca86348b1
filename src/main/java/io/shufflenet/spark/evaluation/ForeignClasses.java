package io.shufflenet.spark.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which classes the labels and predictions of another tool's table mean. Given names are the
 * classes; a column whose values are names of them holds names, and one whose values are all
 * decimal integers, not all of them names, holds indices. Without given names, integers in both
 * columns are indices, of as many classes as the largest needs; else the classes are the different
 * values of both, sorted by code point.
 *
 * @param names of the classes by index
 * @param note the rule that was followed, for a person
 */
record ForeignClasses(
    List<String> names, ClassLookup labels, ClassLookup predictions, String note) {
  static final int MOST_CLASSES = 100_000;

  private static final int SHOWN = 5;
  private static final Comparator<String> CODE_POINTS =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  /**
   * @param given names that the user gave
   * @param scores how many scores a row has; 0 without them
   * @throws IllegalArgumentException if a label or prediction is no class, or the classes are too
   *     many or cannot be told
   */
  static ForeignClasses of(
      Optional<List<String>> given, Values labels, Values predictions, int scores) {
    return given.isPresent()
        ? named(given.get(), labels, predictions)
        : unnamed(labels, predictions, scores);
  }

  /**
   * The different values of a column.
   *
   * @param what the column holds, for messages: {@code label}
   * @param integers whether it is of an integer type
   */
  record Values(String what, List<String> values, boolean integers) {
    Values {
      if (values.size() > MOST_CLASSES) {
        throw new IllegalArgumentException(
            "Cannot report on the predictions: there are more than %,d different %ss"
                .formatted(MOST_CLASSES, what));
      }
    }

    boolean areIntegers() {
      return integers || values.stream().allMatch(ClassLookup::isInteger);
    }
  }

  private static ForeignClasses named(List<String> names, Values labels, Values predictions) {
    ClassLookup ofLabels = lookup(names, labels);
    ClassLookup ofPredictions = lookup(names, predictions);
    String note =
        "The classes are the %,d given names; labels are taken as %s, predictions as %s."
            .formatted(names.size(), taken(ofLabels), taken(ofPredictions));
    return new ForeignClasses(names, ofLabels, ofPredictions, note);
  }

  /** What the values of a column mean among classes of these names. */
  static ClassLookup lookup(List<String> names, Values values) {
    ClassLookup byName = ClassLookup.ofNames(names);
    boolean areNames =
        !values.integers()
            && values.values().stream().allMatch(value -> byName.indexOf(value) != null);
    ClassLookup lookup =
        values.areIntegers() && !areNames ? ClassLookup.ofIndices(names.size()) : byName;
    requireClasses(lookup, values, names.size());
    return lookup;
  }

  static String taken(ClassLookup lookup) {
    return lookup.isOfIndices() ? "indices" : "names";
  }

  private static ForeignClasses unnamed(Values labels, Values predictions, int scores) {
    if (labels.areIntegers() && predictions.areIntegers()) {
      int classes = Math.max(scores, Math.max(largest(labels), largest(predictions)) + 1);
      if (classes > MOST_CLASSES) {
        throw new IllegalArgumentException(
            "Cannot report on the predictions: class index %,d is beyond %,d classes"
                .formatted(classes - 1, MOST_CLASSES));
      }
      return indices(classes, labels, predictions);
    }
    if (labels.integers() || predictions.integers()) {
      throw new IllegalArgumentException(
          "Cannot match %ss with %ss: only the %ss are integers; give class-names"
              .formatted(
                  labels.what(),
                  predictions.what(),
                  (labels.integers() ? labels : predictions).what()));
    }
    if (scores > 0) {
      throw new IllegalArgumentException(
          "Cannot use the scores: which class each one is of is not known; give class-names, in the"
              + " scores' order");
    }
    return union(labels, predictions);
  }

  private static ForeignClasses indices(int classes, Values labels, Values predictions) {
    ClassLookup lookup = ClassLookup.ofIndices(classes);
    requireClasses(lookup, labels, classes);
    requireClasses(lookup, predictions, classes);
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    String note =
        "Labels and predictions are all integers and are taken as class indices: 10 comes after 2."
            + " There are %,d classes (class-names).".formatted(classes);
    return new ForeignClasses(names, lookup, lookup, note);
  }

  private static ForeignClasses union(Values labels, Values predictions) {
    List<String> names =
        Stream.concat(labels.values().stream(), predictions.values().stream())
            .distinct()
            .sorted(CODE_POINTS)
            .toList();
    if (names.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "Cannot report on the predictions: there are more than %,d different classes"
              .formatted(MOST_CLASSES));
    }
    ClassLookup lookup = ClassLookup.ofNames(names);
    String note =
        "The classes are the %,d different labels and predictions, sorted: a class that is neither"
            + " is not known of (class-names).";
    return new ForeignClasses(
        names,
        lookup,
        lookup,
        note.formatted(names.size()) + mixed(names) + unlike(labels, predictions));
  }

  private static String mixed(List<String> names) {
    boolean some = names.stream().anyMatch(ClassLookup::isInteger);
    return some
        ? " Some are integers and some are not, and all are taken as names: give class-names if some are indices."
        : "";
  }

  /** The classic silent mistake: {@code 3.0} beside {@code 3}. */
  private static String unlike(Values labels, Values predictions) {
    if (labels.values().isEmpty()
        || predictions.values().isEmpty()
        || !Collections.disjoint(labels.values(), predictions.values())) {
      return "";
    }
    return " No label is ever predicted: are both spelt alike? Labels are %s, predictions %s."
        .formatted(shown(sorted(labels)), shown(sorted(predictions)));
  }

  private static List<String> sorted(Values values) {
    return values.values().stream().sorted(CODE_POINTS).toList();
  }

  private static int largest(Values values) {
    return values.values().stream()
        .filter(ClassLookup::isInteger)
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(-1);
  }

  private static void requireClasses(ClassLookup lookup, Values values, int classes) {
    List<String> unknown =
        values.values().stream()
            .filter(value -> lookup.indexOf(value) == null)
            .sorted(CODE_POINTS)
            .toList();
    if (unknown.isEmpty()) {
      return;
    }
    String hint =
        unknown.contains("-1") && lookup.isOfIndices()
            ? " (an image without a label has null)"
            : "";
    throw new IllegalArgumentException(
        "Cannot use %s %s: %s of the %,d classes%s"
            .formatted(
                values.what(),
                shown(unknown),
                lookup.isOfIndices() ? "it is no index" : "it is none of the names",
                classes,
                hint));
  }

  private static String shown(List<String> unknown) {
    String first =
        unknown.stream()
            .limit(SHOWN)
            .map(value -> "'" + value + "'")
            .collect(Collectors.joining(", "));
    return unknown.size() <= SHOWN ? first : first + ", ...";
  }
}
