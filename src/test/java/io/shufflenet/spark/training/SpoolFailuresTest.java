package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.training.SpoolStatistics.Failures;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpoolFailuresTest {
  private final SpoolFailures failures = new SpoolFailures();

  @Test
  void countsByKindInAlphabeticalOrder() {
    failures.add("truncated", "b: cut");
    failures.add("empty", "a: nothing");
    failures.add("truncated", "c: cut");

    assertThat(failures.byKind())
        .containsExactly(
            new Failures("empty", 1, List.of("a: nothing")),
            new Failures("truncated", 2, List.of("b: cut", "c: cut")));
  }

  @Test
  void keepsTheFirstFiveExamplesInWhateverOrderTheyCome() {
    for (String name : List.of("g", "c", "a", "f", "b", "e", "d")) {
      failures.add("empty", name);
    }

    assertThat(failures.byKind())
        .containsExactly(new Failures("empty", 7, List.of("a", "b", "c", "d", "e")));
  }

  @Test
  void cutsLongExamples() {
    failures.add("empty", "a".repeat(1000));

    assertThat(failures.byKind().get(0).examples()).containsExactly("a".repeat(500));
  }
}
