package io.shufflenet.spark.inference;

import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/** Adds up what each classifier did, wherever it did it. */
final class WorkAccumulator
    extends AccumulatorV2<
        Map<LoadedClassifier, ClassifierWork>, Map<LoadedClassifier, ClassifierWork>> {
  private static final long serialVersionUID = 1;

  /** An executor's heartbeat serializes it while the task adds. */
  private final Map<LoadedClassifier, ClassifierWork> work =
      Collections.synchronizedMap(new HashMap<>());

  @Override
  public boolean isZero() {
    return work.isEmpty();
  }

  @Override
  public WorkAccumulator copy() {
    WorkAccumulator copy = new WorkAccumulator();
    copy.add(value());
    return copy;
  }

  @Override
  public void reset() {
    work.clear();
  }

  @Override
  public void add(Map<LoadedClassifier, ClassifierWork> more) {
    more.forEach((classifier, done) -> work.merge(classifier, done, ClassifierWork::plus));
  }

  @Override
  public void merge(
      AccumulatorV2<Map<LoadedClassifier, ClassifierWork>, Map<LoadedClassifier, ClassifierWork>>
          other) {
    add(other.value());
  }

  /** As it is now. */
  @Override
  public Map<LoadedClassifier, ClassifierWork> value() {
    synchronized (work) {
      return Map.copyOf(work);
    }
  }
}
