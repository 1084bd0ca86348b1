package io.shufflenet.spark.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.status.ExecutorSummaryWrapper;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.apache.spark.util.kvstore.KVStore;

/** The executors that are there now. */
final class ActiveExecutors {
  private ActiveExecutors() {}

  /** {@code AppStatusStore.executorList} has another signature in each version of Scala. */
  static List<ExecutorSummary> of(SparkContext context) {
    List<ExecutorSummary> active = new ArrayList<>();
    KVStore store = context.statusStore().store();
    try {
      for (ExecutorSummaryWrapper executor : store.view(ExecutorSummaryWrapper.class)) {
        if (executor.info().isActive()) {
          active.add(executor.info());
        }
      }
    } catch (Exception e) { // what a store on disk may throw
      throw new IllegalStateException("Cannot list Spark's executors", e);
    }
    return active;
  }
}
