package io.shufflenet.spark.job;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/**
 * An executor as Spark lists it.
 *
 * @param id {@code driver} where the driver's own JVM runs the tasks
 * @param slots how many tasks it runs at once
 */
record DoctorExecutor(String id, String host, int slots) {
  static final String DRIVER = "driver";
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(120);
  private static final long SETTLED = TimeUnit.SECONDS.toNanos(5);
  private static final long POLL_MILLIS = 100;

  /** Those that are there now, by their numbers. */
  static List<DoctorExecutor> present(SparkContext context) {
    return ActiveExecutors.of(context).stream()
        .filter(executor -> executor.maxTasks() > 0)
        .map(
            executor ->
                new DoctorExecutor(
                    executor.id(),
                    executor.hostPort().replaceAll(":[0-9]*$", ""),
                    executor.maxTasks()))
        .sorted(
            Comparator.comparingInt((DoctorExecutor executor) -> executor.id().length())
                .thenComparing(DoctorExecutor::id))
        .toList();
  }

  /**
   * Waits until so many are there, or, where that is not known, until no more have come for a
   * while; in either case for two minutes at most, and no longer than Spark runs.
   */
  static List<DoctorExecutor> await(SparkContext context, OptionalInt expected)
      throws InterruptedException {
    long started = System.nanoTime();
    long changed = started;
    List<DoctorExecutor> present = present(context);
    while (!isComplete(context, present, expected, System.nanoTime() - changed)
        && System.nanoTime() - started < LONGEST_WAIT) {
      Thread.sleep(POLL_MILLIS);
      List<DoctorExecutor> now = present(context);
      changed = now.equals(present) ? changed : System.nanoTime();
      present = now;
    }
    return present;
  }

  private static boolean isComplete(
      SparkContext context, List<DoctorExecutor> present, OptionalInt expected, long unchanged) {
    if (present.isEmpty()) {
      return context.isStopped();
    }
    return context.isLocal()
        || (expected.isPresent() ? present.size() >= expected.getAsInt() : unchanged >= SETTLED);
  }
}
