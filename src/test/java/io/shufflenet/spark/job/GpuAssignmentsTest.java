package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.RunRecord.AssignedGpu;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GpuAssignmentsTest {
  private static final List<AssignedGpu> GPUS =
      List.of(gpu("0", "0", "GPU-a"), gpu("1", "0", "GPU-a"), gpu("2", "1", "GPU-b"));

  private static AssignedGpu gpu(String executor, String address, String uuid) {
    return new AssignedGpu(executor, "host", address, uuid, "gpu:" + address);
  }

  @Test
  void warnsOfAGpuThatTwoExecutorsHold() {
    assertThat(new GpuAssignments(GPUS, Set.of("0", "1", "2")).warnings())
        .containsExactly(
            "Warning: Spark assigned GPU-a to the executors 0, 1 at once: they share its memory and"
                + " its time. Let one worker of each host offer it");
  }

  @Test
  void anExecutorThatIsGoneHoldsNothing() {
    assertThat(new GpuAssignments(GPUS, Set.of("1", "2")).warnings()).isEmpty();
  }

  @Test
  void severalGpusOfOneExecutorAreItsOwn() {
    List<AssignedGpu> gpus = List.of(gpu("0", "0", "GPU-a"), gpu("0", "1", "GPU-b"));

    assertThat(new GpuAssignments(gpus, Set.of("0")).warnings()).isEmpty();
  }

  @Test
  void equalNumbersOfUnknownGpusAreNotTakenForOneGpu() {
    List<AssignedGpu> gpus = List.of(gpu("0", "0", null), gpu("1", "0", null));

    assertThat(new GpuAssignments(gpus, Set.of("0", "1")).warnings()).isEmpty();
  }
}
