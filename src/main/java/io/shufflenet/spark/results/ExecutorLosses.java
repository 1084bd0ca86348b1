package io.shufflenet.spark.results;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Under which partitions of a Spark job executors died by what they did; not those that were taken
 * away, decommissioned, or lost with their machine. A job is known by its local property {@link
 * #JOB}.
 */
final class ExecutorLosses extends SparkListener {
  static final String JOB = "shufflenet.job";
  private static final String RESULT_TASK = "ResultTask";
  private static final long PATIENCE_SECONDS = 30;

  private final Map<String, Job> byName = new ConcurrentHashMap<>();
  private final Map<Integer, Job> byId = new ConcurrentHashMap<>();
  private final Map<Integer, Job> byStage = new ConcurrentHashMap<>();

  private static final class Job {
    private final Map<Integer, Integer> losses = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
  }

  /**
   * How often an executor died under each partition of a job that has ended, those with none left
   * out. Spark tells its listeners later than those who wait for the job; none is known where it
   * takes too long.
   */
  Map<Integer, Integer> of(String job) throws InterruptedException {
    Job told = job(job);
    return told.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
        ? Map.copyOf(told.losses)
        : Map.of();
  }

  private Job job(String name) {
    return byName.computeIfAbsent(name, absent -> new Job());
  }

  private static String name(Properties properties) {
    return properties == null ? null : properties.getProperty(JOB);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String name = name(start.properties());
    if (name != null) {
      byId.put(start.jobId(), job(name));
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    String name = name(submitted.properties());
    if (name != null) {
      byStage.put(submitted.stageInfo().stageId(), job(name));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Job job = byStage.get(end.stageId());
    if (job != null
        && end.taskType().equals(RESULT_TASK)
        && end.reason() instanceof ExecutorLostFailure lost
        && lost.exitCausedByApp()) {
      job.losses.merge(end.taskInfo().partitionId(), 1, Integer::sum);
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    Job job = byId.remove(end.jobId());
    if (job != null) {
      job.ended.countDown();
    }
  }
}
