package io.shufflenet.spark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkerTest {
  private static final List<String> FILES = List.of("a.jpg", "b.jpg");

  @TempDir Path folder;
  private Path inside;

  @BeforeEach
  void makeFiles() throws IOException {
    inside = Files.createDirectory(folder.resolve("inside"));
    for (String name : List.of("a.jpg", "b.jpg", "holiday.jpg")) {
      Files.createFile(inside.resolve(name));
    }
  }

  private Marker marker(String content) {
    return new Marker(inside.resolve(".marker"), content);
  }

  @Test
  void vouchesForWhatIsFinished() throws IOException {
    marker("seed 1").finish(FILES);

    assertThat(marker("seed 1").vouches()).isTrue();
  }

  @Test
  void doesNotVouchForWhatIsOnlyBegun() throws IOException {
    marker("seed 1").begin(FILES);

    assertThat(marker("seed 1").vouches()).isFalse();
  }

  @Test
  void doesNotVouchForAnotherSeed() throws IOException {
    marker("seed 1").finish(FILES);

    assertThat(marker("seed 2").vouches()).isFalse();
  }

  @Test
  void doesNotVouchWhereAFileIsMissing() throws IOException {
    marker("seed 1").finish(FILES);
    Files.delete(inside.resolve("b.jpg"));

    assertThat(marker("seed 1").vouches()).isFalse();
  }

  @Test
  void doesNotVouchForAnEmptyMarker() throws IOException {
    Files.createFile(inside.resolve(".marker"));

    assertThat(marker("seed 1").vouches()).isFalse();
  }

  @Test
  void deletesWhatAnEarlierRunListedAndNothingElse() throws IOException {
    marker("seed 1").finish(FILES);

    marker("seed 2").begin(List.of("c.jpg"));

    assertThat(inside.resolve("a.jpg")).doesNotExist();
    assertThat(inside.resolve("holiday.jpg")).exists();
  }

  @Test
  void neverDeletesOutsideItsFolder() throws IOException {
    Path outside = Files.createFile(folder.resolve("outside.jpg"));
    marker("seed 1").finish(List.of("../outside.jpg"));

    marker("seed 1").begin(FILES);

    assertThat(outside).exists();
  }
}
