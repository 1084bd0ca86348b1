package io.shufflenet.spark.job;

import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.Iterator;

/** How many tasks run at once. */
final class TaskSlots {
  private TaskSlots() {}

  /**
   * Those of the executors that are there now. {@code defaultParallelism} would be what {@code
   * spark.default.parallelism} says, and that is often a multiple.
   */
  static int of(SparkContext context) {
    int slots = 0;
    Iterator<ExecutorSummary> executors = context.statusStore().executorList(true).iterator();
    while (executors.hasNext()) {
      slots += executors.next().maxTasks();
    }
    return slots > 0 ? slots : context.defaultParallelism();
  }
}
