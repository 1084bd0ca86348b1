package io.shufflenet.spark.job;

import static io.shufflenet.spark.job.DoctorCheckups.GIBIBYTE;
import static io.shufflenet.spark.job.DoctorCheckups.executor;
import static io.shufflenet.spark.job.DoctorCheckups.folder;
import static io.shufflenet.spark.job.DoctorCheckups.surroundings;
import static io.shufflenet.spark.job.DoctorCheckups.well;
import static io.shufflenet.spark.job.DoctorCheckups.withoutLibtorch;
import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.inference.Finding;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DoctorReportTest {
  private static final DoctorFault FAULT = new DoctorFault("it is broken", "mend it");

  private final DoctorReport report =
      new DoctorReport(new DoctorMemory(OptionalLong.of(5 * GIBIBYTE), 89_478_485));

  @Test
  void everyExecutorIsALine() {
    report.line(well("1"), 1).line(well("10"), 1);

    assertThat(report.lines())
        .startsWith(
            "  executor  host      tasks  Java     C library   free disk  libtorch  OpenCV  device"
                + "            check image  decode  forward  native memory",
            "  1         worker-1      4  17.0.15  glibc 2.36   20.0 GiB  2.7.1     4.13.0  cpu,"
                + " onednn fp32  equal           640      162  5.0 GiB, needs 3.9",
            "  10        worker-1      4  17.0.15  glibc 2.36   20.0 GiB  2.7.1     4.13.0  cpu,"
                + " onednn fp32  equal           640      162  5.0 GiB, needs 3.9");
    assertThat(report.isWell()).isTrue();
  }

  @Test
  void whatFailedAndWhatWasNotTriedAreToldApart() {
    report.line(withoutLibtorch("1", surroundings("glibc 2.36", folder("/a"), folder("/b"))), 1);

    assertThat(report.lines().get(1))
        .matches(".* FAULT +4\\.13\\.0 +- +- +640 +- +5\\.0 GiB, needs 3\\.9");
  }

  @Test
  void anExecutorThatIsLostIsALineToo() {
    report.line(
        new DoctorCheckup(executor("1"), Finding.failed("gone"), Finding.none(), Finding.none()),
        1);

    assertThat(report.lines().get(1)).matches("  1 +worker-1 +4( +-){10}");
  }

  @Test
  void aFaultIsToldOnceWithAllThatHaveIt() {
    report.faults("executor 1", List.of(FAULT)).faults("executor 2", List.of(FAULT));

    assertThat(report.isWell()).isFalse();
    assertThat(report.lines())
        .endsWith("", "Fault of executor 1, executor 2: it is broken", "  Cure: mend it");
  }

  @Test
  void faultsThatDifferInNumbersAloneAreToldOnce() {
    report
        .faults("executor 1", List.of(new DoctorFault("/scratch/1/djl is full", "mend it")))
        .faults("executor 2", List.of(new DoctorFault("/scratch/2/djl is full", "mend it")));

    assertThat(report.lines())
        .endsWith(
            "Fault of executor 1, executor 2: /scratch/1/djl is full (this is executor 1's)",
            "  Cure: mend it");
  }

  @Test
  void ofManyThatHaveAFaultTenAreNamed() {
    for (int executor = 1; executor <= 12; executor++) {
      report.faults("executor " + executor, List.of(FAULT));
    }

    assertThat(report.lines()).anyMatch(line -> line.contains("executor 10 and 2 more: it is"));
  }
}
