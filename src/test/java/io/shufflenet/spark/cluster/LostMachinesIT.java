package io.shufflenet.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An executor and then a whole worker are killed while a job predicts. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LostMachinesIT {
  private static final int IMAGES = 1000;

  @TempDir private static Path folder;

  @Test
  void everyImageIsPredictedOnceAndAsInAnUndisturbedRun() throws Exception {
    Place place = Place.in(folder, NoiseImages.draw(folder.resolve("images"), IMAGES));
    try (Submission undisturbed = place.submit("undisturbed", "predict.sh", "local[2]")) {
      assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
    }
    Path nvidiaSmi = FakeNvidiaSmi.ofTwoGpus(folder.resolve("nvidia"));
    try (StandaloneCluster cluster =
            StandaloneCluster.start(folder.resolve("cluster"), place.sparkHome(), nvidiaSmi, 1);
        Submission job = submit(place, cluster)) {
      awaitStaged("a task writes", "_temporary/0/_temporary/*/*.parquet", place, job);
      cluster.killExecutor(0);
      awaitStaged("a task's file is whole", "_temporary/0/task_*/*.parquet", place, job);
      cluster.killWorker(1);
      assertThat(isStaged("batches/*/0.done", place)).as("ended before the kill").isFalse();

      assertThat(job.exitCode()).as(job.err()).isZero();
      assertThat(cluster.executorFolders()).as("executors started").hasSizeGreaterThan(2);
    }

    List<String> predictions = place.predictions("disturbed");
    assertThat(predictions).hasSize(IMAGES).isEqualTo(place.predictions("undisturbed"));
    assertThat(place.output("disturbed").resolve(".work")).doesNotExist();
  }

  private static Submission submit(Place place, StandaloneCluster cluster) throws Exception {
    return place.submit(
        "disturbed",
        "predict.sh",
        cluster.url(),
        "--conf",
        "spark.scheduler.minRegisteredResourcesRatio=1.0",
        "--conf",
        "spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
        "--conf",
        "spark.executor.cores=1",
        "--conf",
        "spark.executor.memory=1g",
        "--conf",
        "spark.cores.max=2",
        "--conf",
        Place.unpackedLibraries());
  }

  /** Waits for a file of the run's work folder. */
  private static void awaitStaged(String what, String glob, Place place, Submission job)
      throws Exception {
    Await.until(
        what,
        () -> {
          if (!job.isRunning()) {
            throw new AssertionError("The job has ended: " + job.err());
          }
          return isStaged(glob, place);
        });
  }

  private static boolean isStaged(String glob, Place place) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:**/" + glob);
    Path work = place.output("disturbed").resolve(".work");
    try (Stream<Path> files = Files.walk(work)) {
      return files.anyMatch(matcher::matches);
    } catch (NoSuchFileException | UncheckedIOException e) { // renamed while it looks
      return false;
    }
  }
}
