package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.DecodeListener;
import io.shufflenet.spark.results.RunRecord.AssignedGpu;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks have done so far, and the time it took them, summed over tasks. Known on the
 * driver at the end of each task; a task that Spark runs twice may count twice, so these are for
 * watching, and the predictions for counting.
 *
 * <p>Each task has a copy of its own, which remembers the classifier that it {@link #used}.
 */
public final class InferenceMetrics implements Serializable, DecodeListener {
  private static final long serialVersionUID = 1;

  private final LongAccumulator images;
  private final LongAccumulator failures;
  private final LongAccumulator readNanos;
  private final LongAccumulator decodeNanos;
  private final LongAccumulator preprocessNanos;
  private final LongAccumulator waitNanos;
  private final LongAccumulator taskNanos;
  private final WorkAccumulator work;
  private final GpuAccumulator gpus;
  private transient LoadedClassifier classifier;

  public InferenceMetrics(SparkContext context) {
    images = context.longAccumulator("images");
    failures = context.longAccumulator("failures");
    readNanos = context.longAccumulator("read ns");
    decodeNanos = context.longAccumulator("decode ns");
    preprocessNanos = context.longAccumulator("preprocess ns");
    waitNanos = context.longAccumulator("wait ns");
    taskNanos = context.longAccumulator("task ns");
    work = new WorkAccumulator();
    context.register(work, "classifiers");
    gpus = new GpuAccumulator();
    context.register(gpus, "gpus");
  }

  public long images() {
    return images.value();
  }

  public long failures() {
    return failures.value();
  }

  /** Where the time of the tasks that have ended went. */
  public TaskTimes tasks() {
    return new TaskTimes(
        seconds(readNanos),
        seconds(decodeNanos),
        seconds(preprocessNanos),
        seconds(waitNanos),
        seconds(taskNanos));
  }

  private static double seconds(LongAccumulator nanos) {
    return nanos.value() / 1e9;
  }

  /** What each classifier has done that tasks have used. */
  public Map<LoadedClassifier, ClassifierWork> work() {
    return work.value();
  }

  /** The GPUs that Spark assigned to the tasks that have ended. */
  public Set<AssignedGpu> gpus() {
    return gpus.value();
  }

  void assigned(AssignedGpu gpu) {
    gpus.add(gpu);
  }

  /** Begins a task's account: what it counts from now on is that classifier's. */
  void used(LoadedClassifier loaded) {
    classifier = loaded;
    did(ClassifierWork.NONE);
  }

  void predicted(int batchImages, int batchFailures) {
    images.add(batchImages);
    failures.add(batchFailures);
    ExecutorWork.IMAGES.add(batchImages);
    ExecutorWork.FAILURES.add(batchFailures);
    long now = System.currentTimeMillis();
    did(new ClassifierWork(batchImages - batchFailures, 0, now, Integer.MAX_VALUE));
  }

  /** A file is tried again. */
  void retried() {
    ExecutorWork.RETRIES.add(1);
  }

  void read(long nanos) {
    readNanos.add(nanos);
    ExecutorWork.READ.add(nanos);
  }

  @Override
  public void decoded(long nanos) {
    decodeNanos.add(nanos);
    ExecutorWork.DECODE.add(nanos);
  }

  @Override
  public void preprocessed(long nanos) {
    preprocessNanos.add(nanos);
    ExecutorWork.PREPROCESS.add(nanos);
  }

  /**
   * The device's time for this task's images. Of a batch gathered from several tasks each counts
   * its share, so that the sum is the time that the device was busy.
   */
  void forwarded(long nanos) {
    ExecutorWork.FORWARD.add(nanos);
    did(new ClassifierWork(0, nanos, Long.MAX_VALUE, Integer.MAX_VALUE));
  }

  /** The task stood still until a device that another thread feeds had answered. */
  void waited(long nanos) {
    waitNanos.add(nanos);
  }

  /**
   * Ends a task's account.
   *
   * @param batchSize images that its classifier computes at once by now
   */
  void task(long nanos, int batchSize) {
    taskNanos.add(nanos);
    did(new ClassifierWork(0, 0, Long.MAX_VALUE, batchSize));
  }

  private void did(ClassifierWork done) {
    work.add(Map.of(classifier, done));
  }
}
