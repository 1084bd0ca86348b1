package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchHalvingTest {
  private static final String FULL =
      """
      The following operation failed in the TorchScript interpreter.
      RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has none
      """;

  private final List<Integer> tried = new ArrayList<>();
  private final BatchHalving batches = new BatchHalving("gpu:0 of here", 64);

  @Test
  void whereBatchesFitNothingIsHalved() {
    float[][] outputs = batches.outputs(crops(100), device(64));

    assertThat(firsts(outputs)).isEqualTo(values(100));
    assertThat(tried).containsExactly(64, 36);
    assertThat(batches.batchSize()).isEqualTo(64);
  }

  @Test
  void aBatchThatDoesNotFitIsTriedInHalves() {
    float[][] outputs = batches.outputs(crops(64), device(20));

    assertThat(firsts(outputs)).isEqualTo(values(64));
    assertThat(tried).containsExactly(64, 32, 16, 16, 16, 16);
  }

  @Test
  void theSmallerSizeStays() {
    batches.outputs(crops(64), device(32));
    tried.clear();

    batches.outputs(crops(64), device(32));

    assertThat(tried).containsExactly(32, 32);
    assertThat(batches.batchSize()).isEqualTo(32);
  }

  @Test
  void theNetworkIsToldTheSizeThatASmallBatchIsFilledUpTo() {
    List<Integer> sizes = new ArrayList<>();

    batches.outputs(
        crops(3),
        (crops, size) -> {
          sizes.add(size);
          return device(16).outputs(crops, size);
        });

    assertThat(sizes).containsExactly(64, 32, 16);
  }

  @Test
  void whereNotEvenOneImageFitsItSaysWhatToDo() {
    assertThatThrownBy(() -> batches.outputs(crops(1), device(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot classify a single image on gpu:0 of here: its memory is full (RuntimeError:"
                + " CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has none); end other"
                + " programs on it or let fewer executors share it")
        .hasCauseInstanceOf(EngineException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB",
        "CUDA error: out of memory",
        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
        "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
      })
  void everyLibrarysWordsAreUnderstood(String message) {
    AtomicBoolean failed = new AtomicBoolean();

    batches.outputs(
        crops(2),
        (crops, size) -> {
          if (!failed.getAndSet(true)) {
            throw new EngineException(message);
          }
          return device(64).outputs(crops, size);
        });

    assertThat(batches.batchSize()).isEqualTo(32);
  }

  @Test
  void otherFailuresPass() {
    EngineException failure = new EngineException("CUDA error: an illegal memory access");

    assertThatThrownBy(
            () ->
                batches.outputs(
                    crops(1),
                    (crops, size) -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(batches.batchSize()).isEqualTo(64);
  }

  @Test
  void threadsThatMeetTheSameLimitHalveOnce() throws Exception {
    CyclicBarrier bothTried = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    try {
      List<Future<float[][]>> results = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        results.add(threads.submit(() -> batches.outputs(crops(64), meeting(bothTried))));
      }
      for (Future<float[][]> result : results) {
        assertThat(firsts(result.get(1, TimeUnit.MINUTES))).isEqualTo(values(64));
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(batches.batchSize()).isEqualTo(32);
  }

  /** Fails batches of 64, but not before both threads have tried one. */
  private static BatchHalving.Batch meeting(CyclicBarrier bothTried) {
    return (crops, size) -> {
      if (size < 64) {
        return echo(crops);
      }
      try {
        bothTried.await(1, TimeUnit.MINUTES);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      throw new EngineException(FULL);
    };
  }

  /** A device whose memory holds a batch of so many images. */
  private BatchHalving.Batch device(int limit) {
    return (crops, size) -> {
      tried.add(crops.size());
      if (size > limit) {
        throw new EngineException(FULL);
      }
      return echo(crops);
    };
  }

  private static float[][] echo(List<byte[]> crops) {
    return crops.stream().map(crop -> new float[] {crop[0]}).toArray(float[][]::new);
  }

  private static List<byte[]> crops(int count) {
    return IntStream.range(0, count).mapToObj(value -> new byte[] {(byte) value}).toList();
  }

  private static List<Float> firsts(float[][] outputs) {
    return Arrays.stream(outputs).map(row -> row[0]).toList();
  }

  private static List<Float> values(int count) {
    return IntStream.range(0, count).mapToObj(value -> (float) value).toList();
  }
}
