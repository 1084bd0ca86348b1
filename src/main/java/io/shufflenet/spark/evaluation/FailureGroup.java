package io.shufflenet.spark.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The images without a prediction that failed in the same way.
 *
 * @param stage {@code read}, {@code decode}, {@code forward} or {@code executor}
 * @param kind for example {@code truncated}
 * @param examples the first five of their relative paths, ordered by code point
 */
public record FailureGroup(String stage, String kind, long count, List<String> examples) {
  static final int EXAMPLES = 5;

  /** The most frequent first. */
  static final Comparator<FailureGroup> MOST_FIRST =
      Comparator.comparingLong(FailureGroup::count)
          .reversed()
          .thenComparing(FailureGroup::stage)
          .thenComparing(FailureGroup::kind);

  private static final Comparator<String> CODE_POINTS =
      Comparator.comparing(path -> path.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  public FailureGroup {
    examples = List.copyOf(examples);
  }

  boolean isLike(FailureGroup other) {
    return stage.equals(other.stage) && kind.equals(other.kind);
  }

  FailureGroup plus(FailureGroup other) {
    List<String> first =
        Stream.concat(examples.stream(), other.examples.stream())
            .sorted(CODE_POINTS)
            .limit(EXAMPLES)
            .toList();
    return new FailureGroup(stage, kind, count + other.count, first);
  }
}
