package io.shufflenet.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.shufflenet.spark.GoldenFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a standalone cluster whose two workers offer the same two GPUs, and have no CUDA. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ClusterIT {
  private static final String EXECUTORS = "spark.scheduler.minRegisteredResourcesRatio=1.0";
  private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime=120s";

  @TempDir private static Path folder;
  private static Place place;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startClusterAndPredictOnOneMachine() throws Exception {
    place = Place.in(folder, GoldenFiles.IMAGES);
    Path nvidiaSmi = FakeNvidiaSmi.ofTwoGpus(folder.resolve("nvidia"));
    cluster = StandaloneCluster.start(folder.resolve("cluster"), place.sparkHome(), nvidiaSmi, 2);
    try (Submission local = place.submit("local", "predict.sh", "local[2]")) {
      assertThat(local.exitCode()).as(local.err()).isZero();
    }
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void tasksShareTheirExecutorsClassifierAndItsGpu() throws Exception {
    String out;
    try (Submission job =
        submit(
            "shared",
            1,
            "0.5",
            "--conf",
            Place.unpackedLibraries(),
            "--set",
            "inference.device=cpu")) {
      assertThat(job.exitCode()).as(job.err()).isZero();
      out = job.out();
    }

    JsonObject run = place.record("shared");
    assertThat(told(run, "classifiers", "executor")).containsExactly("0", "1");
    assertThat(told(run, "classifiers", "device")).containsExactly("cpu", "cpu");
    assertThat(run.getAsJsonObject("timing").get("slots").getAsInt()).isEqualTo(4);
    assertThat(told(run, "gpus", "executor", "address", "uuid", "device"))
        .containsExactly(
            "0 0 " + FakeNvidiaSmi.FIRST_UUID + " cpu", "1 0 " + FakeNvidiaSmi.FIRST_UUID + " cpu");
    assertThat(out)
        .contains(
            "Warning: Spark assigned "
                + FakeNvidiaSmi.FIRST_UUID
                + " to the executors 0, 1 at once");
    assertThat(place.predictions("shared")).isEqualTo(place.predictions("local"));
  }

  @Test
  void aDriverOnAWorkerGivesEachTaskItsOwnGpu() throws Exception {
    try (Submission job =
        submit(
            "clustered",
            2,
            "1",
            "--set",
            "inference.device=cpu",
            "--",
            "--deploy-mode",
            "cluster",
            "--driver-memory",
            "1g",
            "--jars",
            SparkDistribution.TARGET.resolve("older-jars/gson.jar").toString())) {
      assertThat(job.exitCode()).as(job.err()).isZero();
      assertThat(job.err()).contains("Driver successfully submitted as driver-");
    }

    assertThat(cluster.endedDrivers()).contains("FINISHED");
    JsonObject run = place.record("clustered");
    assertThat(run.get("exit_code").getAsInt()).isZero();
    assertThat(told(run, "classifiers", "executor")).containsExactly("0", "1");
    assertThat(told(run, "gpus", "executor", "address"))
        .containsExactly("0 0", "0 1", "1 0", "1 1");
    assertThat(place.predictions("clustered")).isEqualTo(place.predictions("local"));
  }

  @Test
  void whoeverSubmitsADriverIsToldThatItFailed() throws Exception {
    try (Submission job =
        submit(
            "failing",
            2,
            "1",
            "--set",
            "no.such-setting=1",
            "--",
            "--deploy-mode",
            "cluster",
            "--driver-memory",
            "1g")) {
      int unused = job.exitCode(); // 0 whatever becomes of the driver: Spark has it so
      assertThat(job.err())
          .contains("Driver successfully submitted as driver-")
          .containsPattern("State of driver driver-\\S+ is FAILED");
    }
  }

  @Test
  void aGpuThatCannotBeUsedEndsTheJobWithOneError() throws Exception {
    List<Path> before = cluster.executorFolders();
    String err;
    try (Submission job =
        submit(
            "gpu",
            1,
            "0.5",
            "--conf",
            Place.unpackedLibraries(),
            "--set",
            "inference.device=gpu")) {
      assertThat(job.exitCodeWithin(2)).isOne();
      err = job.err();
    }

    assertThat(err)
        .containsOnlyOnce("Error: ")
        .contains("Cannot use the GPU address '0' that Spark assigned (device = gpu)")
        .contains("is built without CUDA");
    assertThat(cluster.executorFolders()).hasSize(before.size() + 2);
    assertThat(Files.exists(place.output("gpu"))).isFalse();
  }

  private static Submission submit(
      String name, int gpusOfExecutor, String gpusOfTask, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    for (String setting :
        List.of(
            EXECUTORS,
            PATIENCE,
            "spark.cores.max=4",
            "spark.executor.cores=2",
            "spark.executor.memory=1g",
            "spark.executor.resource.gpu.amount=" + gpusOfExecutor,
            "spark.task.resource.gpu.amount=" + gpusOfTask)) {
      arguments.addAll(List.of("--conf", setting));
    }
    arguments.addAll(List.of(more));
    return place.submit(name, "predict.sh", cluster.url(), arguments.toArray(String[]::new));
  }

  /** These properties of each entry of a list in {@code run.json}, in its order. */
  private static List<String> told(JsonObject run, String list, String... properties) {
    List<String> entries = new ArrayList<>();
    for (JsonElement entry : run.getAsJsonArray(list)) {
      List<String> values = new ArrayList<>();
      for (String property : properties) {
        values.add(entry.getAsJsonObject().get(property).getAsString());
      }
      entries.add(String.join(" ", values));
    }
    return entries;
  }
}
