package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkAccumulatorTest {
  private static final LoadedClassifier FIRST =
      new LoadedClassifier("1", "a", "cpu", "onednn fp32", 8, 0.5);
  private static final LoadedClassifier SECOND =
      new LoadedClassifier("2", "b", "gpu:0", "portable fp32", 64, 2);
  private static final Map<LoadedClassifier, ClassifierWork> EARLY =
      Map.of(FIRST, new ClassifierWork(8, 100, 1000, 64));
  private static final Map<LoadedClassifier, ClassifierWork> LATE =
      Map.of(
          FIRST, new ClassifierWork(3, 40, 2000, 32), SECOND, new ClassifierWork(64, 50, 1500, 64));

  @Test
  void mergingTwoTasksGivesWhatOneTaskWouldHaveAddedUp() {
    WorkAccumulator together = accumulator(EARLY);
    together.add(LATE);
    WorkAccumulator merged = accumulator(LATE);

    merged.merge(accumulator(EARLY));

    assertThat(merged.value())
        .isEqualTo(together.value())
        .containsEntry(FIRST, new ClassifierWork(11, 140, 1000, 32))
        .containsEntry(SECOND, new ClassifierWork(64, 50, 1500, 64));
  }

  @Test
  void aCopyGoesItsOwnWay() {
    WorkAccumulator original = accumulator(EARLY);
    WorkAccumulator copy = original.copy();

    copy.add(LATE);

    assertThat(original.value()).isEqualTo(EARLY);
  }

  @Test
  void isZeroOnceReset() {
    WorkAccumulator accumulator = accumulator(EARLY);

    accumulator.reset();

    assertThat(accumulator.isZero()).isTrue();
    assertThat(accumulator.value()).isEmpty();
  }

  private static WorkAccumulator accumulator(Map<LoadedClassifier, ClassifierWork> work) {
    WorkAccumulator accumulator = new WorkAccumulator();
    accumulator.add(work);
    return accumulator;
  }
}
