package io.shufflenet.spark.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Decodes the batches of a range of samples ahead of their use, in the threads of a pool. The last
 * batch may be smaller. For one consumer.
 */
final class BatchLoader implements AutoCloseable {
  /** Batches in the making or waiting: enough that a slow image is not waited for. */
  private static final int AHEAD = 3;

  private final CropSource source;
  private final long end;
  private final int batchSize;
  private final int cropBytes;
  private final ExecutorService threads;
  private final Deque<Batch> ahead = new ArrayDeque<>();
  private final Deque<ByteBuffer> idle = new ArrayDeque<>();
  private long next;
  private Batch current;

  /** The crops, one after the other, and their labels. */
  static final class Batch {
    private final ByteBuffer buffer;
    private final int[] labels;
    private final List<Future<?>> parts = new ArrayList<>();

    private Batch(ByteBuffer buffer, int images) {
      this.buffer = buffer;
      this.labels = new int[images];
    }

    ByteBuffer crops() {
      return buffer.duplicate();
    }

    int[] labels() {
      return labels;
    }

    int images() {
      return labels.length;
    }
  }

  /**
   * @param first the first sample
   * @param end the sample after the last
   */
  BatchLoader(
      CropSource source,
      long first,
      long end,
      int batchSize,
      int cropBytes,
      ExecutorService threads) {
    this.source = source;
    this.next = first;
    this.end = end;
    this.batchSize = batchSize;
    this.cropBytes = cropBytes;
    this.threads = threads;
  }

  boolean hasNext() {
    return next < end || !ahead.isEmpty();
  }

  /** The next batch, which is the caller's until the next call. */
  Batch next() throws IOException {
    if (current != null) {
      idle.add(current.buffer.clear());
    }
    while (ahead.size() < AHEAD && next < end) {
      ahead.add(begin());
    }
    current = ahead.remove();
    await(current);
    return current;
  }

  private Batch begin() {
    int images = (int) Math.min(batchSize, end - next);
    ByteBuffer buffer =
        idle.isEmpty() ? ByteBuffer.allocateDirect(batchSize * cropBytes) : idle.remove();
    Batch batch = new Batch(buffer.limit(images * cropBytes), images);
    for (int place = 0; place < images; place++) {
      batch.parts.add(fill(batch, place, next + place));
    }
    next += images;
    return batch;
  }

  private Future<?> fill(Batch batch, int place, long sample) {
    return threads.submit(
        () -> {
          batch.labels[place] = source.label(sample);
          batch.buffer.put(place * cropBytes, source.crop(sample));
          return null;
        });
  }

  private static void await(Batch batch) throws IOException {
    try {
      for (Future<?> part : batch.parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Cannot prepare a batch of images", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot prepare a batch of images: interrupted", e);
    }
  }

  /** Gives up what is not needed any more. */
  @Override
  public void close() {
    if (current != null) {
      ahead.add(current); // of a batch that failed, the rest may still be waiting
    }
    for (Batch batch : ahead) {
      // Not interrupted, which would close the file that the images are read from.
      batch.parts.forEach(part -> part.cancel(false));
    }
    ahead.clear();
  }
}
