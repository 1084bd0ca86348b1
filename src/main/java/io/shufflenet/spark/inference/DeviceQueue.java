package io.shufflenet.spark.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Gathers the crops of all tasks of this JVM into batches for one device.
 *
 * <p>Tasks decode in their own threads and leave crops here; they wait only where two batches are
 * here already, which bounds the memory. Two threads of the queue serve the device. Each takes a
 * batch, copies it into native memory, has it computed, and hands out the answers; so while one
 * waits for the device's last batch, the other copies the next. A full batch is taken at once. A
 * smaller one is taken only when the device has nothing to do: it never idles while a crop is here,
 * and what comes while it computes is gathered.
 */
final class DeviceQueue implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int BATCHES_WAITING = 2;

  /** Of one task: a batch that is computed, one that is copied, and one that it is filling. */
  private static final int BATCHES_OF_A_TASK = 3;

  private final String name;
  private final Device device;
  private final List<Thread> threads = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<Request> waiting = new ArrayDeque<>();
  private int batchesUnderWay;
  private long lastAnswered = System.nanoTime();
  private boolean closed;

  /** One crop and the promise of its output. */
  static final class Request {
    private final CompletableFuture<Output> answer = new CompletableFuture<>();
    private byte[] crop;

    private Request(byte[] crop) {
      this.crop = crop;
    }

    CompletableFuture<Output> answer() {
      return answer;
    }

    /** The answer may wait long to be asked for, and must not keep the crop in memory. */
    private byte[] takeCrop() {
      byte[] taken = crop;
      crop = null;
      return taken;
    }
  }

  /**
   * @param nanos the crop's share of the time that the device was busy with its batch
   */
  record Output(float[] values, long nanos) {}

  /**
   * Starts to serve the device.
   *
   * @param name what threads and messages call the device
   */
  DeviceQueue(String name, Device device) {
    this.name = name;
    this.device = device;
    for (int number = 0; number < THREADS; number++) {
      threads.add(start(number));
    }
  }

  /** A thread that outlives the task that starts it must inherit nothing of it. */
  private Thread start(int number) {
    Thread thread = new Thread(null, this::serve, name + "-queue-" + number, 0, false);
    thread.setContextClassLoader(DeviceQueue.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * A task's way through this queue.
   *
   * @param forwarded hears, for each image, its share of the nanoseconds that the device was busy
   * @param waited hears the nanoseconds that the task stood still
   */
  Forward forTask(LongConsumer forwarded, LongConsumer waited) {
    return new Queued(this, forwarded, waited);
  }

  String name() {
    return name;
  }

  int batchSize() {
    return device.batchSize();
  }

  int depth() {
    return BATCHES_OF_A_TASK * device.batchSize();
  }

  /**
   * Waits for room, then adds the crop.
   *
   * @throws IllegalStateException if the queue is closed
   */
  Request add(byte[] crop) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && waiting.size() >= BATCHES_WAITING * device.batchSize()) {
        room.await();
      }
      if (closed) {
        throw new IllegalStateException("Cannot classify on " + name + ": it is closed");
      }
      Request request = new Request(crop);
      waiting.add(request);
      work.signal();
      return request;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out those that no thread has taken yet. */
  void abandon(Collection<Request> requests) {
    lock.lock();
    try {
      if (waiting.removeAll(requests)) {
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    List<Request> batch = take();
    while (!batch.isEmpty()) {
      compute(batch);
      batch = take();
    }
  }

  /** Waits for the next batch; empty once the queue is closed. */
  private List<Request> take() {
    lock.lock();
    try {
      while (!closed && !isWorthTaking()) {
        work.awaitUninterruptibly();
      }
      List<Request> batch = new ArrayList<>();
      int size = device.batchSize();
      while (batch.size() < size && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      batchesUnderWay += batch.isEmpty() ? 0 : 1;
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWorthTaking() {
    return waiting.size() >= device.batchSize() || (batchesUnderWay == 0 && !waiting.isEmpty());
  }

  private void compute(List<Request> batch) {
    long started = System.nanoTime();
    float[][] outputs = null;
    Throwable failure = null;
    try {
      outputs = device.outputs(batch.stream().map(Request::takeCrop).toList());
      if (outputs.length != batch.size()) {
        throw new IllegalStateException(
            "Cannot match %d answers to %d crops".formatted(outputs.length, batch.size()));
      }
    } catch (RuntimeException | Error e) { // whatever it is, tasks wait for an answer
      failure = e;
    }
    long nanos = computed(started) / batch.size();
    for (int place = 0; place < batch.size(); place++) {
      CompletableFuture<Output> answer = batch.get(place).answer;
      if (failure == null) {
        answer.complete(new Output(outputs[place], nanos));
      } else {
        answer.completeExceptionally(failure);
      }
    }
  }

  /**
   * How long the device was busy with a batch: without the time that it computed the one before.
   */
  private long computed(long started) {
    lock.lock();
    try {
      long now = System.nanoTime();
      long nanos = Math.min(now - started, now - lastAnswered);
      lastAnswered = now;
      batchesUnderWay--;
      work.signal();
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  /** Fails the tasks that wait, and returns when the batches under way are computed. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      IllegalStateException reason = new IllegalStateException("it is closed");
      waiting.forEach(request -> request.answer.completeExceptionally(reason));
      waiting.clear();
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
