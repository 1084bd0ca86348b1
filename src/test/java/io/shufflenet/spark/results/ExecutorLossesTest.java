package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.Option;
import scala.collection.immutable.List;
import scala.collection.immutable.Nil$;

@Timeout(60)
final class ExecutorLossesTest {
  private static final String RESULT = "ResultTask";
  private static final int JOB = 3;
  private static final int STAGE = 5;

  private final ExecutorLosses losses = new ExecutorLosses();

  @Test
  void lossesAreCountedByPartitionOverAllAttemptsAtAStage() throws InterruptedException {
    start(JOB, STAGE, "batch");
    end(STAGE, RESULT, 0, lost(true));
    end(STAGE, RESULT, 2, lost(true));
    start(JOB, STAGE, "batch");
    end(STAGE, RESULT, 2, lost(true));
    end(STAGE, RESULT, 1, Success$.MODULE$);
    losses.onJobEnd(new SparkListenerJobEnd(JOB, 0, JobSucceeded$.MODULE$));

    assertThat(losses.of("batch")).isEqualTo(Map.of(0, 1, 2, 2));
  }

  @Test
  void whatTasksHaveNotDoneDoesNotCount() throws InterruptedException {
    start(JOB, STAGE, "batch");
    start(JOB + 1, STAGE + 1, "another");
    end(STAGE, RESULT, 0, lost(false));
    end(STAGE, "ShuffleMapTask", 1, lost(true));
    end(STAGE + 1, RESULT, 2, lost(true));
    losses.onJobEnd(new SparkListenerJobEnd(JOB, 0, JobSucceeded$.MODULE$));

    assertThat(losses.of("batch")).isEmpty();
  }

  private void start(int job, int stage, String name) {
    Properties properties = new Properties();
    properties.setProperty(ExecutorLosses.JOB, name);
    losses.onJobStart(new SparkListenerJobStart(job, 0, none(), properties));
    losses.onStageSubmitted(new SparkListenerStageSubmitted(stage(stage), properties));
  }

  private static StageInfo stage(int id) {
    return new StageInfo(
        id,
        0,
        "stage",
        3,
        none(),
        none(),
        "",
        TaskMetrics.empty(),
        none(),
        Option.empty(),
        ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID(),
        false,
        0);
  }

  private void end(int stage, String type, int partition, TaskEndReason reason) {
    TaskInfo task =
        new TaskInfo(1, partition, 0, partition, 0, "0", "here", TaskLocality.ANY(), false);
    losses.onTaskEnd(
        new SparkListenerTaskEnd(
            stage, 0, type, reason, task, new ExecutorMetrics(), TaskMetrics.empty()));
  }

  private static ExecutorLostFailure lost(boolean byApplication) {
    return new ExecutorLostFailure("0", byApplication, Option.empty());
  }

  @SuppressWarnings("unchecked") // it holds nothing
  private static <T> List<T> none() {
    return (List<T>) (List<?>) Nil$.MODULE$;
  }
}
