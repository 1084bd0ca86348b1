package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.Trial;

/** All that was found out about one executor; what could not be failed in one of the parts. */
record DoctorCheckup(
    DoctorExecutor executor,
    Finding<Surroundings> surroundings,
    Finding<Natives> natives,
    Finding<Trial> trial) {

  /** Why the executor could not be examined to the end; empty where it was. */
  String lost() {
    return surroundings.failure() + natives.failure() + trial.failure();
  }

  boolean isInDriver() {
    return executor.id().equals(DoctorExecutor.DRIVER);
  }
}
