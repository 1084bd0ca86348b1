package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.InferenceMetrics;
import io.shufflenet.spark.results.RunRecord.AssignedGpu;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;

/**
 * The GPUs that Spark assigned while predicting.
 *
 * @param executors those that were there at its end: one that was lost has left its GPU to the one
 *     that took its place
 */
record GpuAssignments(List<AssignedGpu> gpus, Set<String> executors) {
  static GpuAssignments of(InferenceMetrics metrics, SparkContext context) {
    List<AssignedGpu> gpus =
        metrics.gpus().stream()
            .sorted(Comparator.comparing(AssignedGpu::executor).thenComparing(AssignedGpu::address))
            .toList();
    return new GpuAssignments(gpus, executors(context));
  }

  private static Set<String> executors(SparkContext context) {
    return ActiveExecutors.of(context).stream()
        .map(ExecutorSummary::id)
        .collect(Collectors.toSet());
  }

  /** A sentence for each physical GPU that several executors hold at once. */
  List<String> warnings() {
    return holders().entrySet().stream()
        .filter(held -> held.getValue().size() > 1)
        .map(held -> warning(held.getKey(), held.getValue()))
        .toList();
  }

  private Map<String, Set<String>> holders() {
    return gpus.stream()
        .filter(gpu -> gpu.uuid() != null && executors.contains(gpu.executor()))
        .collect(
            Collectors.groupingBy(
                AssignedGpu::uuid,
                TreeMap::new,
                Collectors.mapping(AssignedGpu::executor, Collectors.toCollection(TreeSet::new))));
  }

  private static String warning(String uuid, Set<String> executors) {
    return "Warning: Spark assigned %s to the executors %s at once: they share its memory and its time. Let one worker of each host offer it"
        .formatted(uuid, String.join(", ", executors));
  }
}
