package io.shufflenet.spark.inference;

import io.shufflenet.spark.results.RunRecord.AssignedGpu;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/** Gathers the GPUs that Spark assigned, each once, from wherever it did. */
final class GpuAccumulator extends AccumulatorV2<AssignedGpu, Set<AssignedGpu>> {
  private static final long serialVersionUID = 1;

  /** An executor's heartbeat serializes it while the task adds. */
  private final Set<AssignedGpu> gpus = ConcurrentHashMap.newKeySet();

  @Override
  public boolean isZero() {
    return gpus.isEmpty();
  }

  @Override
  public GpuAccumulator copy() {
    GpuAccumulator copy = new GpuAccumulator();
    copy.gpus.addAll(gpus);
    return copy;
  }

  @Override
  public void reset() {
    gpus.clear();
  }

  @Override
  public void add(AssignedGpu gpu) {
    gpus.add(gpu);
  }

  @Override
  public void merge(AccumulatorV2<AssignedGpu, Set<AssignedGpu>> other) {
    gpus.addAll(other.value());
  }

  /** As it is now. */
  @Override
  public Set<AssignedGpu> value() {
    return Set.copyOf(gpus);
  }
}
