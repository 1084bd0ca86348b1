package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class DoctorPlanTest {
  private static DoctorPlan plan(String... keysAndValues) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      conf.set(keysAndValues[i], keysAndValues[i + 1]);
    }
    return DoctorPlan.of(conf);
  }

  @Test
  void asManyExecutorsAreExpectedAsAreAskedFor() {
    assertThat(plan("spark.executor.instances", "20").executors()).hasValue(20);
    assertThat(plan("spark.cores.max", "9", "spark.executor.cores", "4").executors()).hasValue(2);
    assertThat(plan("spark.master", "local-cluster[3,1,1024]").executors()).hasValue(3);
    assertThat(plan("spark.master", "spark://host:7077").executors()).isEmpty();
  }

  @Test
  void withDynamicAllocationTheMostThatAJobMayGetAreAskedForAtOnce() {
    DoctorPlan plan =
        plan(
            "spark.dynamicAllocation.enabled", "true",
            "spark.executor.instances", "2",
            "spark.dynamicAllocation.maxExecutors", "30");

    assertThat(plan.dynamic()).isTrue();
    assertThat(plan.executors()).hasValue(30);
    assertThat(plan.overrides())
        .containsEntry("spark.dynamicAllocation.enabled", "false")
        .containsEntry("spark.executor.instances", "30");
  }

  @Test
  void withoutALimitTheClusterManagerDecides() {
    DoctorPlan plan =
        plan(
            "spark.dynamicAllocation.enabled", "true",
            "spark.dynamicAllocation.maxExecutors", "2147483647");

    assertThat(plan.executors()).isEqualTo(OptionalInt.empty());
    assertThat(plan.overrides()).doesNotContainKey("spark.executor.instances");
  }

  @Test
  void anExecutorThatEndsIsNotTriedAgainElsewhere() {
    assertThat(plan().overrides()).containsEntry("spark.task.maxFailures", "1");
  }
}
