package io.shufflenet.spark.training;

import io.shufflenet.spark.training.SpoolStatistics.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts failed images by kind, and keeps a few examples: the same ones in whatever order. */
final class SpoolFailures {
  private static final int EXAMPLES = 5;
  private static final int LONGEST_EXAMPLE = 500;

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final SortedMap<String, TreeSet<String>> examples = new TreeMap<>();

  void add(String kind, String example) {
    counts.merge(kind, 1L, Long::sum);
    TreeSet<String> kept = examples.computeIfAbsent(kind, unused -> new TreeSet<>());
    kept.add(example.length() > LONGEST_EXAMPLE ? example.substring(0, LONGEST_EXAMPLE) : example);
    if (kept.size() > EXAMPLES) {
      kept.pollLast();
    }
  }

  List<Failures> byKind() {
    List<Failures> failures = new ArrayList<>();
    counts.forEach(
        (kind, images) ->
            failures.add(new Failures(kind, images, List.copyOf(examples.get(kind)))));
    return failures;
  }
}
