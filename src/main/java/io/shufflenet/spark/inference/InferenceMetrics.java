package io.shufflenet.spark.inference;

import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks have done so far, and the time it took them, summed over tasks. Known on the
 * driver at the end of each task; a task that Spark runs twice counts twice, so these are for
 * watching, and the predictions for counting.
 */
public final class InferenceMetrics implements Serializable {
  private final LongAccumulator images;
  private final LongAccumulator failures;
  private final LongAccumulator readNanos;
  private final LongAccumulator decodeNanos;
  private final LongAccumulator forwardNanos;
  private final LongAccumulator taskNanos;
  private final CollectionAccumulator<LoadedClassifier> classifiers;

  public InferenceMetrics(SparkContext context) {
    images = context.longAccumulator("images");
    failures = context.longAccumulator("failures");
    readNanos = context.longAccumulator("read ns");
    decodeNanos = context.longAccumulator("decode ns");
    forwardNanos = context.longAccumulator("forward ns");
    taskNanos = context.longAccumulator("task ns");
    classifiers = new CollectionAccumulator<>();
    context.register(classifiers, "classifiers");
  }

  public long images() {
    return images.value();
  }

  public long failures() {
    return failures.value();
  }

  public double readSeconds() {
    return readNanos.value() / 1e9;
  }

  /** Decoding and preprocessing. */
  public double decodeSeconds() {
    return decodeNanos.value() / 1e9;
  }

  public double forwardSeconds() {
    return forwardNanos.value() / 1e9;
  }

  /** All of the tasks' time, what Spark spends around reading, decoding and predicting included. */
  public double taskSeconds() {
    return taskNanos.value() / 1e9;
  }

  /** Those that tasks have used, each once. */
  public List<LoadedClassifier> classifiers() {
    return classifiers.value().stream().distinct().toList();
  }

  void predicted(int batchImages, int batchFailures) {
    images.add(batchImages);
    failures.add(batchFailures);
  }

  void read(long nanos) {
    readNanos.add(nanos);
  }

  void decoded(long nanos) {
    decodeNanos.add(nanos);
  }

  void forwarded(long nanos) {
    forwardNanos.add(nanos);
  }

  void task(long nanos) {
    taskNanos.add(nanos);
  }

  void used(LoadedClassifier classifier) {
    classifiers.add(classifier);
  }
}
