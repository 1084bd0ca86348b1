package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.model.Classifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two threads on one classifier for a long time: it neither crashes nor grows, and its results stay
 * the same to the last bit.
 */
final class Soak {
  private static final int THREADS = 2;
  private static final int PARTS = 10;
  private static final double GROWTH = 1.1;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final Classifier classifier;
  private final List<byte[]> crops;
  private final PrintWriter out;
  private final LongAdder images = new LongAdder();
  private final LongAdder differences = new LongAdder();
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param crops more than a batch, so that full and filled-up batches take turns
   */
  Soak(Classifier classifier, List<byte[]> crops, PrintWriter out) {
    this.classifier = classifier;
    this.crops = crops;
    this.out = out;
  }

  /** Whether all went well. */
  boolean run(Duration time) throws Exception {
    float[][] expected = classifier.logits(crops);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Callable<Void> work = () -> classify(expected);
      List<Future<Void>> works = List.of(threads.submit(work), threads.submit(work));
      boolean flat = watch(time, works);
      ended.set(true);
      for (Future<Void> done : works) {
        Void unused = done.get();
      }
      return flat && differences.sum() == 0;
    } finally {
      ended.set(true);
      threads.shutdown();
    }
  }

  /** Takes a different number of crops each time. */
  private Void classify(float[][] expected) {
    for (int turn = 0; !ended.get(); turn++) {
      int count = 1 + turn % crops.size();
      float[][] actual = classifier.logits(crops.subList(0, count));
      if (!Arrays.deepEquals(actual, Arrays.copyOf(expected, count))) {
        differences.increment();
      }
      images.add(count);
    }
    return null;
  }

  private boolean watch(Duration time, List<Future<Void>> works) throws Exception {
    long begin = System.nanoTime();
    long tenth = time.toNanos() / PARTS;
    long pause = Math.min(TimeUnit.MINUTES.toNanos(1), tenth);
    long settled = 0;
    long most = 0;
    long elapsed = 0;
    while (elapsed < time.toNanos() && works.stream().noneMatch(Future::isDone)) {
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, time.toNanos() - elapsed));
      elapsed = System.nanoTime() - begin;
      long memory = residentBytes();
      if (elapsed <= tenth || settled == 0) {
        settled = Math.max(settled, memory);
      }
      most = Math.max(most, memory);
      report(elapsed, memory);
    }
    double growth = (double) most / settled;
    out.printf(Locale.ROOT, "Most memory over that after a tenth of the time: %.3f%n", growth);
    return growth <= GROWTH;
  }

  private void report(long elapsed, long memory) {
    out.printf(
        Locale.ROOT,
        "%6.1f min  %,d images  RSS %,d MB  %s%n",
        elapsed / 60e9,
        images.sum(),
        memory >> 20,
        differences.sum() == 0 ? "all results identical" : differences.sum() + " batches DIFFERED");
    out.flush();
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElseThrow(() -> new IOException("Cannot find VmRSS in " + STATUS));
  }
}
