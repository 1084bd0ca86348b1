package io.shufflenet.spark.job;

import static io.shufflenet.spark.job.DoctorCheckups.GIBIBYTE;
import static io.shufflenet.spark.job.DoctorCheckups.executor;
import static io.shufflenet.spark.job.DoctorCheckups.folder;
import static io.shufflenet.spark.job.DoctorCheckups.loaded;
import static io.shufflenet.spark.job.DoctorCheckups.surroundings;
import static io.shufflenet.spark.job.DoctorCheckups.surroundingsOf;
import static io.shufflenet.spark.job.DoctorCheckups.trial;
import static io.shufflenet.spark.job.DoctorCheckups.well;
import static io.shufflenet.spark.job.DoctorCheckups.with;
import static io.shufflenet.spark.job.DoctorCheckups.withoutLibtorch;
import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.Trial;
import io.shufflenet.spark.inference.UnpackFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DoctorJudgementTest {
  private static final long MAX_PIXELS = 89_478_485;
  private static final DoctorMemory ENOUGH =
      new DoctorMemory(OptionalLong.of(5 * GIBIBYTE), MAX_PIXELS);

  private static List<DoctorFault> faults(DoctorCheckup checkup, DoctorCheckup... others) {
    return faults(ENOUGH, checkup, others);
  }

  private static List<DoctorFault> faults(
      DoctorMemory memory, DoctorCheckup checkup, DoctorCheckup... others) {
    List<DoctorCheckup> all = new ArrayList<>(List.of(checkup));
    all.addAll(Arrays.asList(others));
    return new DoctorJudgement(all, memory).faults(checkup);
  }

  private static DoctorFault onlyFault(DoctorCheckup checkup, DoctorCheckup... others) {
    List<DoctorFault> faults = faults(checkup, others);
    assertThat(faults).hasSize(1);
    return faults.get(0);
  }

  private static DoctorCheckup libtorchIn(UnpackFolder network) {
    return withoutLibtorch("1", surroundings("glibc 2.36", network, folder("/scratch/1/javacpp")));
  }

  @Test
  void healthyExecutorsHaveNoFault() {
    assertThat(faults(well("1"), well("2"))).isEmpty();
  }

  @Test
  void aReadOnlyFolderIsNamedWithTheSettingThatNamesAnother() {
    DoctorFault fault =
        onlyFault(libtorchIn(new UnpackFolder("/home/x", "permission denied", true, GIBIBYTE, "")));

    assertThat(fault.what()).isEqualTo("cannot unpack libtorch into /home/x: permission denied");
    assertThat(fault.cure())
        .contains("spark.executorEnv.DJL_CACHE_DIR=./djl", "450 MiB", "conf/spark-cluster.conf");
  }

  @Test
  void aFolderWithoutExecutionIsNamed() {
    DoctorFault fault = onlyFault(libtorchIn(new UnpackFolder("/tmp", "", false, GIBIBYTE, "1")));

    assertThat(fault.what())
        .isEqualTo("cannot load libtorch from /tmp: its file system is mounted noexec");
    assertThat(fault.cure()).contains("DJL_CACHE_DIR");
  }

  @Test
  void tooLittleSpaceIsTold() {
    DoctorFault fault = onlyFault(libtorchIn(new UnpackFolder("/tmp", "", true, 99 << 20, "1")));

    assertThat(fault.what())
        .isEqualTo("cannot unpack libtorch into /tmp: 99 MiB are free, and it needs 450");
  }

  @Test
  void littleSpaceIsNoFaultOnceTheLibraryIsLoaded() {
    UnpackFolder full = new UnpackFolder("/tmp", "", true, 0, "1");

    assertThat(faults(with("1", surroundings("glibc 2.36", full, full), loaded(), trial())))
        .isEmpty();
  }

  @Test
  void aDriverIsToldItsOwnEnvironment() {
    DoctorCheckup executor =
        libtorchIn(new UnpackFolder("/home/x", "permission denied", true, GIBIBYTE, ""));
    DoctorCheckup driver =
        new DoctorCheckup(
            executor("driver"), executor.surroundings(), executor.natives(), executor.trial());

    assertThat(onlyFault(driver).cure()).startsWith("set DJL_CACHE_DIR=FOLDER in the environment");
  }

  @Test
  void aGlibcTooOldForOpenCvNamesTheProfileForOldOnes() {
    Surroundings old =
        surroundings("glibc 2.34", folder("/scratch/1/djl"), folder("/scratch/1/javacpp"));
    Natives natives = new Natives(Finding.of("2.7.1"), Finding.failed("Cannot load OpenCV"));

    DoctorFault fault =
        onlyFault(
            with(
                "1",
                old,
                natives,
                new Trial(
                    Finding.of("cpu"), Finding.of("onednn fp32"), Finding.none(), Finding.none())));

    assertThat(fault.what())
        .isEqualTo("cannot load OpenCV: the host has glibc 2.34, and it needs glibc 2.35");
    assertThat(fault.cure()).contains("mvn -P old-glibc clean package");
  }

  @Test
  void glibcVersionsAreComparedAsNumbers() {
    DoctorCheckup nine =
        withoutLibtorch("1", surroundings("glibc 2.9", folder("/a"), folder("/b")));
    DoctorCheckup newer =
        withoutLibtorch("1", surroundings("glibc 2.100", folder("/a"), folder("/b")));

    assertThat(onlyFault(nine).what()).contains("the host has glibc 2.9");
    assertThat(onlyFault(newer).what()).isEqualTo("Cannot load libtorch: the reason");
  }

  @Test
  void anotherCLibraryDoesNotServe() {
    assertThat(
            onlyFault(
                    withoutLibtorch(
                        "1", surroundings("another C library", folder("/a"), folder("/b"))))
                .what())
        .contains("the host has another C library");
  }

  @Test
  void aFolderThatTwoExecutorsShareIsAFaultOfBoth() {
    DoctorCheckup one =
        with("1", surroundings("glibc 2.36", folder("/djl"), folder("/1")), loaded(), trial());
    DoctorCheckup two =
        with("2", surroundings("glibc 2.36", folder("/djl"), folder("/2")), loaded(), trial());

    DoctorFault fault = onlyFault(one, two, well("3"));

    assertThat(fault).isEqualTo(onlyFault(two, one, well("3")));
    assertThat(fault.what())
        .startsWith("libtorch unpacks into /djl, which several executors share");
    assertThat(fault.cure()).contains("spark.executorEnv.DJL_CACHE_DIR=./djl");
  }

  @Test
  void logitsThatDifferAreTheHostsFault() {
    Trial differing =
        new Trial(
            Finding.of("cpu"),
            Finding.failed("Cannot trust cpu of worker-1: its logits differ by up to 3.1"),
            Finding.of(640.0),
            Finding.none());

    DoctorFault fault = onlyFault(with("1", surroundingsOf("1"), loaded(), differing));

    assertThat(fault.what()).startsWith("Cannot trust cpu of worker-1");
    assertThat(fault.cure()).contains("out of service");
  }

  @Test
  void aMissingGpuNamesTheSettingsForGpus() {
    Trial without =
        new Trial(
            Finding.failed("Cannot use a GPU (device = gpu): built without CUDA"),
            Finding.none(),
            Finding.of(640.0),
            Finding.none());

    assertThat(onlyFault(with("1", surroundingsOf("1"), loaded(), without)).cure())
        .contains("conf/spark-gpu.conf", "inference.device=cpu");
  }

  @Test
  void anOverheadTooSmallNamesTheOneThatServes() {
    DoctorMemory small = new DoctorMemory(OptionalLong.of(384L << 20), MAX_PIXELS);

    List<DoctorFault> faults = faults(small, well("1"));

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).what()).contains("0.4 GiB are granted", "may need 3.9", "4 tasks");
    assertThat(faults.get(0).cure()).startsWith("set spark.executor.memoryOverhead=4g");
  }

  @Test
  void withoutAnOverheadTheHostsMemoryIsTheLimitOfAllItsExecutors() {
    DoctorMemory hosts = new DoctorMemory(OptionalLong.empty(), MAX_PIXELS);
    Surroundings large = surroundingsOf("1");
    Surroundings small =
        new Surroundings(
            large.host(),
            large.java(),
            large.cLibrary(),
            large.networkGlibc(),
            large.imageGlibc(),
            large.networkFolder(),
            large.imageFolder(),
            2 * GIBIBYTE,
            8 * GIBIBYTE);
    DoctorCheckup checkup = with("1", small, loaded(), trial());

    assertThat(faults(hosts, checkup)).isEmpty();
    assertThat(faults(hosts, checkup, well("2")))
        .singleElement()
        .extracting(DoctorFault::what)
        .asString()
        .contains("leaves 2.0 GiB", "its 2 executors", "may need 3.0 for 4 tasks");
  }

  @Test
  void anExecutorThatEndedIsAFaultWithWhatSparkSaysOfIt() {
    DoctorFault killed =
        onlyFault(lost("ExecutorLostFailure Reason: Command exited with code 137"));
    DoctorFault crashed =
        onlyFault(lost("ExecutorLostFailure Reason: Command exited with code 134"));
    DoctorFault old = onlyFault(lost("java.lang.UnsupportedClassVersionError: io/shufflenet"));

    assertThat(killed.what()).startsWith("it could not be examined: ExecutorLostFailure");
    assertThat(killed.cure()).contains("spark.executor.memoryOverhead");
    assertThat(crashed.cure()).contains("hs_err");
    assertThat(old.cure()).contains("Java 17");
  }

  private static DoctorCheckup lost(String reason) {
    return new DoctorCheckup(executor("1"), Finding.failed(reason), Finding.none(), Finding.none());
  }
}
