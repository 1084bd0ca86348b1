package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch size that a device's memory allows: where a batch does not fit, it is halved for good
 * and the images are tried again. Thread-safe.
 */
final class BatchHalving {
  private static final Logger LOG = LoggerFactory.getLogger(BatchHalving.class);

  /** The words of libtorch's allocator, the CUDA runtime, cuDNN 8 and 9, and cuBLAS. */
  private static final List<String> FULL =
      List.of(
          "CUDA out of memory",
          "CUDA error: out of memory",
          "CUDNN_STATUS_ALLOC_FAILED",
          "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
          "CUBLAS_STATUS_ALLOC_FAILED");

  private final String device;
  private volatile int batchSize;

  /** Computes one batch. */
  @FunctionalInterface
  interface Batch {
    /**
     * A row for each crop.
     *
     * @param crops at most {@code batchSize}
     * @param batchSize what the network is to run on
     */
    float[][] outputs(List<byte[]> crops, int batchSize);
  }

  /**
   * @param device what messages call it
   * @param batchSize to start with, at least 1
   */
  BatchHalving(String device, int batchSize) {
    this.device = device;
    this.batchSize = batchSize;
  }

  /** The present size, which never grows. */
  int batchSize() {
    return batchSize;
  }

  /**
   * A row for each crop, in order, computed batch by batch.
   *
   * @throws IllegalStateException if not even a batch of one image fits
   */
  float[][] outputs(List<byte[]> crops, Batch forward) {
    float[][] outputs = new float[crops.size()][];
    int start = 0;
    while (start < outputs.length) {
      int size = batchSize;
      int end = Math.min(start + size, outputs.length);
      try {
        float[][] batch = forward.outputs(crops.subList(start, end), size);
        System.arraycopy(batch, 0, outputs, start, batch.length);
        start = end;
      } catch (EngineException e) {
        halve(size, e);
      }
    }
    return outputs;
  }

  private synchronized void halve(int failed, EngineException failure) {
    String reason = memoryFailure(failure);
    if (reason == null) {
      throw failure;
    }
    if (batchSize < failed) {
      return; // another thread has met the same limit
    }
    if (failed == 1) {
      throw new IllegalStateException(
          "Cannot classify a single image on %s: its memory is full (%s); end other programs on it"
                  .formatted(device, reason)
              + " or let fewer executors share it",
          failure);
    }
    batchSize = failed / 2;
    LOG.warn(
        "{} has no memory for {} images at once, now {}: {}", device, failed, batchSize, reason);
  }

  /** The line that tells of full memory; null where none does. TorchScript puts others before. */
  private static String memoryFailure(EngineException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(line -> FULL.stream().anyMatch(line::contains))
        .findFirst()
        .orElse(null);
  }
}
