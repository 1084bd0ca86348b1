package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountTest {
  private static final List<String> TABLE =
      List.of(
          "/dev/sda1 / ext4 rw,relatime 0 0",
          "tmpfs /tmp tmpfs rw,nosuid,nodev,noexec 0 0",
          "server:/export/home /home nfs4 rw,vers=4.2 0 0",
          "/dev/sdb1 /mnt/two\\040words ext4 rw,noexec 0 0",
          "tmpfs /opt tmpfs rw,noexec 0 0",
          "/dev/sdc1 /opt ext4 rw 0 0",
          "garbage");

  private static Mount holding(String path) {
    return Mount.holding(TABLE, Path.of(path)).orElseThrow();
  }

  @Test
  void theDeepestMountHoldsAPath() {
    assertThat(holding("/tmp/cache").allowsExecution()).isFalse();
    assertThat(holding("/tmporary").allowsExecution()).isTrue();
    assertThat(holding("/var/lib").source()).isEqualTo("/dev/sda1");
  }

  @Test
  void ofTwoMountsAtOnePointTheLaterHoldsIt() {
    assertThat(holding("/opt/djl").allowsExecution()).isTrue();
  }

  @Test
  void aBlankInAMountPointIsUnderstood() {
    assertThat(holding("/mnt/two words/djl").allowsExecution()).isFalse();
  }

  @Test
  void aServersFolderIsOnTheNetwork() {
    assertThat(holding("/home/ada").isOnNetwork()).isTrue();
    assertThat(holding("/tmp").isOnNetwork()).isFalse();
  }

  @Test
  void withoutATableThereIsNoMount() {
    assertThat(Mount.holding(List.of(), Path.of("/tmp"))).isEmpty();
  }
}
