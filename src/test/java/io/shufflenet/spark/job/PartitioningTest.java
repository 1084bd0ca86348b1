package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartitioningTest {
  private static final long JPEG = 100 << 10;
  private static final long THUMBNAIL = 8 << 10;
  private static final long TIFF = 30 << 20;

  @Test
  void aSmallSetIsSharedOutOverAllSlots() {
    assertThat(Partitioning.of(372, 372 * JPEG, 2)).isEqualTo(new Partitioning(2, 8, 16));
  }

  @Test
  void oneImageIsOnePartition() {
    assertThat(Partitioning.of(1, 0, 16).partitions()).isEqualTo(1);
    assertThat(Partitioning.of(1, 2L << 30, 16).partitions()).isEqualTo(1);
  }

  @Test
  void fewSmallImagesFillTheNetworksBatches() {
    assertThat(Partitioning.of(10, 10 * THUMBNAIL, 8).partitions()).isEqualTo(2);
    assertThat(Partitioning.of(200, 200 * THUMBNAIL, 100).partitions()).isEqualTo(27);
  }

  @Test
  void fewLargeImagesGetAPartitionEach() {
    assertThat(Partitioning.of(10, 10 * TIFF, 8).partitions()).isEqualTo(10);
    assertThat(Partitioning.of(3, 3 * TIFF, 16).partitions()).isEqualTo(3);
  }

  @Test
  void whatFewSlotsShareIsFourForEach() {
    assertThat(Partitioning.of(4000, 4000 * JPEG, 8).partitions()).isEqualTo(32);
    assertThat(Partitioning.of(100, 100 * TIFF, 8).partitions()).isEqualTo(32);
  }

  @Test
  void noPartitionOfALargeSetIsMoreThanSomeMinutesWork() {
    assertThat(imagesPerPartition(10_000_000, JPEG)).isBetween(1000L, 1200L);
    assertThat(imagesPerPartition(10_000_000, THUMBNAIL)).isBetween(1800L, 2000L);
    assertThat(imagesPerPartition(100_000, TIFF)).isEqualTo(8);
  }

  @Test
  void aHundredMillionImagesAreNotTooMany() {
    Partitioning partitioning = Partitioning.of(100_000_000, 100_000_000 * JPEG, 1000);

    assertThat(partitioning.partitions()).isBetween(80_000, 100_000);
    assertThat(partitioning.partitionsPerBatch()).isEqualTo(8000);
    assertThat(Partitioning.of(100_000_000, 0, 1000).partitions()).isBetween(40_000, 60_000);
  }

  @Test
  void noImagesAreNoPartitions() {
    assertThat(Partitioning.of(0, 0, 2)).isEqualTo(new Partitioning(2, 0, 16));
  }

  private static long imagesPerPartition(long images, long bytes) {
    return images / Partitioning.of(images, images * bytes, 100).partitions();
  }
}
