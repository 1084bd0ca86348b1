package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.shufflenet.spark.training.BatchLoader.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BatchLoaderTest {
  private static final int CROP_BYTES = 5;

  private final Queue<Long> cropped = new ConcurrentLinkedQueue<>();
  private ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void shutDown() {
    threads.shutdownNow();
  }

  /** What happens before a sample's crop is made. */
  private interface Obstacle {
    void pass(long sample) throws Exception;
  }

  /** A crop is filled with the number of its sample, which is its label too. */
  private final class NumberedCrops implements CropSource {
    private final Obstacle obstacle;

    NumberedCrops(Obstacle obstacle) {
      this.obstacle = obstacle;
    }

    @Override
    public int label(long sample) {
      return (int) sample;
    }

    @Override
    public byte[] crop(long sample) throws IOException {
      try {
        obstacle.pass(sample);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      cropped.add(sample);
      byte[] crop = new byte[CROP_BYTES];
      Arrays.fill(crop, (byte) sample);
      return crop;
    }
  }

  private BatchLoader loader(long first, long end, int batchSize, Obstacle obstacle) {
    return new BatchLoader(new NumberedCrops(obstacle), first, end, batchSize, CROP_BYTES, threads);
  }

  private static void requireSamples(Batch batch, long first, long end) {
    int[] numbers = LongStream.range(first, end).mapToInt(sample -> (int) sample).toArray();
    assertThat(batch.images()).isEqualTo(numbers.length);
    assertThat(batch.labels()).isEqualTo(numbers);
    ByteBuffer crops = batch.crops();
    assertThat(crops.remaining()).isEqualTo(numbers.length * CROP_BYTES);
    for (int number : numbers) {
      for (int index = 0; index < CROP_BYTES; index++) {
        assertThat(crops.get()).isEqualTo((byte) number);
      }
    }
  }

  @Test
  void givesAllSamplesInOrderThoughBuffersAreUsedAgain() throws IOException {
    try (BatchLoader loader = loader(10, 100, 3, sample -> {})) {
      for (long first = 10; first < 100; first += 3) {
        assertThat(loader.hasNext()).isTrue();

        requireSamples(loader.next(), first, first + 3);
      }
      assertThat(loader.hasNext()).isFalse();
    }
  }

  @Test
  void theLastBatchMayBeSmaller() throws IOException {
    try (BatchLoader loader = loader(0, 5, 3, sample -> {})) {
      requireSamples(loader.next(), 0, 3);
      requireSamples(loader.next(), 3, 5);
      assertThat(loader.hasNext()).isFalse();
    }
  }

  @Test
  void aSmallBatchInABufferUsedBeforeIsNoLarger() throws IOException {
    try (BatchLoader loader = loader(0, 26, 5, sample -> {})) {
      for (int batch = 0; batch < 5; batch++) {
        loader.next();
      }

      requireSamples(loader.next(), 25, 26);
    }
  }

  @Test
  void anEmptyRangeHasNoBatch() {
    try (BatchLoader loader = loader(4, 4, 3, sample -> {})) {
      assertThat(loader.hasNext()).isFalse();
    }
  }

  @Test
  void aSlowSampleKeepsItsPlace() throws IOException {
    CountDownLatch later = new CountDownLatch(5);
    Obstacle slowFirst =
        sample -> {
          if (sample == 0) {
            later.await();
          }
          later.countDown();
        };
    try (BatchLoader loader = loader(0, 6, 2, slowFirst)) {
      requireSamples(loader.next(), 0, 2);
      assertThat(cropped).first().isNotEqualTo(0L);
      requireSamples(loader.next(), 2, 4);
      requireSamples(loader.next(), 4, 6);
    }
  }

  @Test
  void aBatchIsTheCallersUntilTheNext() throws Exception {
    CountDownLatch ahead = new CountDownLatch(6);
    try (BatchLoader loader = loader(0, 100, 2, sample -> ahead.countDown())) {
      Batch batch = loader.next();
      ahead.await();

      requireSamples(batch, 0, 2);
    }
  }

  @Test
  void aFailedSampleIsTheCauseOfTheBatchsFailure() throws IOException {
    IOException failure = new IOException("the disk is gone");
    Obstacle failing =
        sample -> {
          if (sample == 3) {
            throw failure;
          }
        };
    try (BatchLoader loader = loader(0, 10, 2, failing)) {
      requireSamples(loader.next(), 0, 2);

      assertThatIOException()
          .isThrownBy(loader::next)
          .withMessage("Cannot prepare a batch of images")
          .withCause(failure);
    }
  }

  @Test
  void anUncheckedFailureSurfacesToo() {
    IllegalStateException failure = new IllegalStateException("a bug");
    Obstacle failing =
        sample -> {
          throw failure;
        };
    try (BatchLoader loader = loader(0, 10, 2, failing)) {
      assertThatIOException().isThrownBy(loader::next).withCause(failure);
    }
  }

  @Test
  void closingGivesUpTheSamplesThatWait() throws Exception {
    threads = Executors.newSingleThreadExecutor();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Obstacle gate =
        sample -> {
          if (sample == 2) {
            entered.countDown();
            release.await();
          }
        };
    BatchLoader loader = loader(0, 100, 2, gate);
    requireSamples(loader.next(), 0, 2);
    entered.await();

    loader.close();

    release.countDown();
    assertThat(endedSamples()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void closingGivesUpTheRestOfAFailedBatch() throws Exception {
    threads = Executors.newSingleThreadExecutor();
    CountDownLatch release = new CountDownLatch(1);
    Obstacle gate =
        sample -> {
          if (sample == 0) {
            throw new IOException("the disk is gone");
          }
          release.await();
        };
    BatchLoader loader = loader(0, 100, 20, gate);
    assertThatIOException().isThrownBy(loader::next);

    loader.close();

    release.countDown();
    assertThat(endedSamples()).isSubsetOf(1L);
  }

  private List<Long> endedSamples() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    return new ArrayList<>(cropped);
  }

  @Test
  void anInterruptedWaitFailsAndStaysInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    try (BatchLoader loader = loader(0, 10, 2, sample -> never.await())) {
      Thread.currentThread().interrupt();

      assertThatIOException()
          .isThrownBy(loader::next)
          .withMessage("Cannot prepare a batch of images: interrupted");
    }
    assertThat(Thread.interrupted()).isTrue();
  }
}
