package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartitioningTest {
  @Test
  void aSmallSetIsSharedOutOverAllSlots() {
    assertThat(Partitioning.of(372, 2)).isEqualTo(new Partitioning(2, 8, 16));
  }

  @Test
  void fewerImagesThanSlotsGiveOnePartitionEach() {
    assertThat(Partitioning.of(3, 16).partitions()).isEqualTo(3);
  }

  @Test
  void aLargeSetHasPartitionsOfBoundedWork() {
    assertThat(Partitioning.of(10_000_000, 100)).isEqualTo(new Partitioning(100, 9766, 800));
  }
}
