package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.RunRecord.AssignedGpu;
import org.junit.jupiter.api.Test;

final class GpuAccumulatorTest {
  private static final AssignedGpu FIRST = new AssignedGpu("0", "a", "0", "GPU-a", "gpu:0");
  private static final AssignedGpu SECOND = new AssignedGpu("1", "b", "0", null, "cpu");

  @Test
  void whatSeveralTasksReportCountsOnce() {
    GpuAccumulator one = new GpuAccumulator();
    one.add(FIRST);
    one.add(FIRST);
    GpuAccumulator other = new GpuAccumulator();
    other.add(SECOND);
    other.add(FIRST);

    one.merge(other);

    assertThat(one.value()).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    GpuAccumulator original = new GpuAccumulator();
    GpuAccumulator copy = original.copy();

    copy.add(FIRST);

    assertThat(original.isZero()).isTrue();
  }
}
