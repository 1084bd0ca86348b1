package io.shufflenet.spark.inference;

import io.shufflenet.spark.inference.DeviceQueue.Output;
import io.shufflenet.spark.inference.DeviceQueue.Request;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;

/** One task's crops in the queue of a device that other tasks use too. */
final class Queued implements Forward {
  private final DeviceQueue queue;
  private final LongConsumer forwarded;
  private final LongConsumer waited;
  private final Set<Request> underWay = ConcurrentHashMap.newKeySet();

  Queued(DeviceQueue queue, LongConsumer forwarded, LongConsumer waited) {
    this.queue = queue;
    this.forwarded = forwarded;
    this.waited = waited;
  }

  @Override
  public int batchSize() {
    return queue.batchSize();
  }

  @Override
  public int depth() {
    return queue.depth();
  }

  @Override
  public Answer submit(byte[] crop) {
    long started = System.nanoTime();
    try {
      Request request = queue.add(crop);
      underWay.add(request);
      return () -> output(request);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      waited.accept(System.nanoTime() - started);
    }
  }

  private float[] output(Request request) {
    long started = System.nanoTime();
    try {
      Output output = request.answer().get();
      forwarded.accept(output.nanos());
      return output.values();
    } catch (ExecutionException e) {
      Throwable reason = e.getCause();
      throw new IllegalStateException(
          "Cannot classify on " + queue.name() + ": " + reason.getMessage(), reason);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      underWay.remove(request);
      waited.accept(System.nanoTime() - started);
    }
  }

  private IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(
        "Cannot classify on " + queue.name() + ": the task was interrupted while it waited", cause);
  }

  @Override
  public void close() {
    queue.abandon(underWay);
    underWay.clear();
  }
}
