package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the driver's own JVM runs the tasks. */
final class DoctorIT {
  @Test
  void aMachineThatServesIsWell() {
    LocalSpark.session();

    Said said = Workplace.say("doctor", "--model", GoldenFiles.CHECKPOINT.toString());

    assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
    assertThat(said.out())
        .startsWith(
            "1 executor of local[2], Spark "
                + LocalSpark.VERSION
                + "; shufflenetv1-0.5x-g3, device auto")
        .containsPattern("  driver .* 2  17\\S* +glibc \\S+ .* 2\\.7\\.1\\S* +4\\.1\\d\\.0 +cpu, ")
        .containsPattern(" equal +[1-9][0-9]+ +[1-9][0-9]+ ")
        .endsWith("All is well.\n")
        .doesNotContain("Fault", "FAULT");
  }

  @Test
  void aDeviceThatIsMissingIsAFault() {
    LocalSpark.session();

    Said said =
        Workplace.say(
            "doctor",
            "--model",
            GoldenFiles.CHECKPOINT.toString(),
            "--set",
            "inference.device=gpu");

    assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(1);
    assertThat(said.out())
        .contains("Fault of executor driver: Cannot use a GPU (device = gpu): the libtorch in ")
        .contains("  Cure: conf/spark-gpu.conf says how executors get GPUs");
  }

  @Test
  void aFolderThatDoesNotServeIsAFaultWithItsCure(@TempDir Path folder) throws Exception {
    Path cache = Files.writeString(folder.resolve("file"), "").resolve("djl");
    Path home = folder.resolve("home");

    int exitCode = run(home, "-DDJL_CACHE_DIR=" + cache);

    String said = Files.readString(JobProcess.said(home));
    assertThat(exitCode).as(said).isEqualTo(1);
    assertThat(said)
        .contains("shufflenetv1-1.0x-g3 (untrained), device auto, precision fp32\n")
        .containsPattern("  driver .* FAULT +4\\.1\\d\\.0 +- ")
        .contains(
            "Fault of executor driver: cannot unpack libtorch into %s/pytorch: Not a directory\n"
                .formatted(cache))
        .contains("  Cure: set DJL_CACHE_DIR=FOLDER in the environment: a folder with 450 MiB free")
        .endsWith("There are faults.\n");
  }

  @Test
  void aSettingThatDoesNotServeIsWrongUsage() {
    Said said = Workplace.say("doctor", "--set", "inference.device=tpu");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).startsWith("Error: Cannot use inference.device = tpu");
  }

  private static int run(Path home, String javaOption) throws IOException, InterruptedException {
    Process process =
        JobProcess.startShortLived(home, Main.class, List.of(javaOption), List.of("doctor"));
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
