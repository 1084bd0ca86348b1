package io.shufflenet.spark.job;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;

/** How many tasks run at once. */
final class TaskSlots {
  private TaskSlots() {}

  /**
   * Those of the executors that are there now. {@code defaultParallelism} would be what {@code
   * spark.default.parallelism} says, and that is often a multiple.
   */
  static int of(SparkContext context) {
    int slots = present(context);
    return slots > 0 ? slots : context.defaultParallelism();
  }

  private static int present(SparkContext context) {
    return ActiveExecutors.of(context).stream().mapToInt(ExecutorSummary::maxTasks).sum();
  }

  /** What to tell a person while there are none; empty where there are some. */
  static Optional<String> awaited(SparkContext context) {
    return present(context) > 0
        ? Optional.empty()
        : Optional.of("waiting for executors " + size(context.getConf()));
  }

  /** What executors were asked for, and by which settings. */
  static String size(SparkConf conf) {
    return "with %s and %s of memory (spark.executor.cores, spark.executor.memory)"
        .formatted(
            conf.getOption("spark.executor.cores")
                .map(cores -> cores + " cores")
                .getOrElse(() -> "all cores"),
            conf.get("spark.executor.memory", "1g"));
  }
}
