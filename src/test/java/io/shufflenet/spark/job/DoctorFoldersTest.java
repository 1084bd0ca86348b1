package io.shufflenet.spark.job;

import static io.shufflenet.spark.job.DoctorCheckups.executor;
import static io.shufflenet.spark.job.DoctorCheckups.folder;
import static io.shufflenet.spark.job.DoctorCheckups.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DoctorFoldersTest {
  private final DoctorFolders folders =
      new DoctorFolders(
          Map.of(
              "1", unpackingInto("/djl", "/1"),
              "2", unpackingInto("/djl", "/javacpp"),
              "3", unpackingInto("/3", "/javacpp"),
              "4", Finding.failed("gone"),
              "5", Finding.failed("gone")));

  private static Finding<Surroundings> unpackingInto(String network, String images) {
    return Finding.of(surroundings("glibc 2.36", folder(network), folder(images)));
  }

  @Test
  void sharersOfALibrarysFolderAreFound() {
    assertThat(folders.sharers("2", DoctorLibrary.LIBTORCH)).containsExactly("1");
    assertThat(folders.sharers("2", DoctorLibrary.OPENCV)).containsExactly("3");
    assertThat(folders.sharers("1", DoctorLibrary.OPENCV)).isEmpty();
  }

  @Test
  void whereNothingIsKnownNothingIsShared() {
    assertThat(folders.sharers("4", DoctorLibrary.LIBTORCH)).isEmpty();
  }

  @Test
  void noTwoOfARoundShareAFolder() {
    List<DoctorExecutor> executors =
        List.of(executor("1"), executor("2"), executor("3"), executor("4"));

    assertThat(folders.rounds(executors))
        .containsExactly(
            List.of(executor("1"), executor("3"), executor("4")), List.of(executor("2")));
  }
}
