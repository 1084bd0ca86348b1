package io.shufflenet.spark.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that live as long as the benchmark, each of which repeats work of its own. */
final class Callers implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * Units of work a second that all make together, all at once.
   *
   * @param works one for each thread; each returns how many units it did
   * @param least for so long a thread begins anew
   */
  double rate(List<? extends Callable<Integer>> works, Duration least) throws Exception {
    CyclicBarrier start = new CyclicBarrier(works.size());
    List<Future<Double>> rates = new ArrayList<>();
    for (Callable<Integer> work : works) {
      rates.add(threads.submit(() -> rate(work, least, start)));
    }
    double sum = 0;
    for (Future<Double> rate : rates) {
      sum += result(rate);
    }
    return sum;
  }

  private static double rate(Callable<Integer> work, Duration least, CyclicBarrier start)
      throws Exception {
    try {
      start.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("Cannot measure: another thread was interrupted", e);
    }
    long begin = System.nanoTime();
    long done = 0;
    long elapsed;
    do {
      done += work.call();
      elapsed = System.nanoTime() - begin;
    } while (elapsed < least.toNanos());
    return done * 1e9 / elapsed;
  }

  private static double result(Future<Double> rate) throws Exception {
    try {
      return rate.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
