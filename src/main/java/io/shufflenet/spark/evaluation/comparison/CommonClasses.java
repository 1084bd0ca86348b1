package io.shufflenet.spark.evaluation.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The classes of two runs under common indices: the first run's own, and after them the classes
 * that only the second run has. Classes are the same where their names are; where a run has no
 * names, but decimal indices in their place, the index decides.
 *
 * @param names by common index
 * @param ofB common index of each of the second run's classes
 * @param onlyA names of the classes that only the first run has
 * @param onlyB names of the classes that only the second run has
 */
public record CommonClasses(
    List<String> names, List<Integer> ofB, List<String> onlyA, List<String> onlyB) {
  public CommonClasses {
    names = List.copyOf(names);
    ofB = List.copyOf(ofB);
    onlyA = List.copyOf(onlyA);
    onlyB = List.copyOf(onlyB);
  }

  /**
   * @throws IllegalArgumentException if the runs have no class in common, or their names do not
   *     tell the classes apart
   */
  public static CommonClasses of(RunPredictions a, RunPredictions b) {
    if (a.classNames().equals(b.classNames())) {
      return byIndex(a.classNames());
    }
    if (isNameless(a.classNames()) || isNameless(b.classNames())) {
      return nameless(a, b);
    }
    requireDistinct(a);
    requireDistinct(b);
    CommonClasses classes = byName(a.classNames(), b.classNames());
    if (classes.onlyB().size() == b.classNames().size()) {
      throw new IllegalArgumentException(
          "Cannot compare %s with %s: they have no class name in common. The first of each are '%s' and '%s'"
              .formatted(b.name(), a.name(), b.classNames().get(0), a.classNames().get(0)));
    }
    return classes;
  }

  private static CommonClasses byIndex(List<String> names) {
    return new CommonClasses(
        names, IntStream.range(0, names.size()).boxed().toList(), List.of(), List.of());
  }

  private static boolean isNameless(List<String> names) {
    return IntStream.range(0, names.size())
        .allMatch(index -> names.get(index).equals(Integer.toString(index)));
  }

  private static CommonClasses nameless(RunPredictions a, RunPredictions b) {
    if (a.classNames().size() != b.classNames().size()) {
      throw new IllegalArgumentException(
          ("Cannot compare %s with %s: they have %d and %d classes, and no names on both sides to"
                  + " tell which are the same")
              .formatted(b.name(), a.name(), b.classNames().size(), a.classNames().size()));
    }
    return byIndex(isNameless(a.classNames()) ? b.classNames() : a.classNames());
  }

  private static void requireDistinct(RunPredictions run) {
    Set<String> seen = new HashSet<>();
    for (String name : run.classNames()) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "Cannot compare %s by class names: two of its classes are called '%s'"
                .formatted(run.name(), name));
      }
    }
  }

  private static CommonClasses byName(List<String> a, List<String> b) {
    List<String> names = new ArrayList<>(a);
    Map<String, Integer> indices = new HashMap<>();
    for (int index = 0; index < a.size(); index++) {
      indices.put(a.get(index), index);
    }
    List<Integer> ofB = new ArrayList<>();
    for (String name : b) {
      ofB.add(
          indices.computeIfAbsent(
              name,
              unknown -> {
                names.add(unknown);
                return names.size() - 1;
              }));
    }
    Set<String> known = new HashSet<>(b);
    List<String> onlyA = a.stream().filter(name -> !known.contains(name)).toList();
    return new CommonClasses(names, ofB, onlyA, names.subList(a.size(), names.size()));
  }
}
