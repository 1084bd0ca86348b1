package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DoctorVisitsTest {
  @Test
  void ofSparksWordsThoseAboutTheExecutorStay() {
    assertThat(
            DoctorVisits.reason(
                "Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, most recent"
                    + " failure: Lost task 0.0 in stage 1.0 (TID 1) (127.0.0.1 executor 0):"
                    + " ExecutorLostFailure (executor 0 exited caused by one of the running tasks)"
                    + " Reason: Command exited with code 137\nDriver stacktrace:"))
        .isEqualTo(
            "ExecutorLostFailure (executor 0 exited caused by one of the running tasks) Reason:"
                + " Command exited with code 137");
  }

  @Test
  void anotherMessageStaysAsItIs() {
    assertThat(DoctorVisits.reason("Job 3 cancelled")).isEqualTo("Job 3 cancelled");
  }
}
