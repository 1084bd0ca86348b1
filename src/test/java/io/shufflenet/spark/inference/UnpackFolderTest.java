package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackFolderTest {
  @TempDir private Path folder;

  private static UnpackFolder look(Path path) {
    return UnpackFolder.of(() -> path, "host");
  }

  @Test
  void aFolderThatIsNotThereIsMadeAndNothingIsLeftInIt() throws IOException {
    Path path = folder.resolve("a/b");

    UnpackFolder found = look(path);

    assertThat(found.path()).isEqualTo(path.toString());
    assertThat(found.obstacle()).isEmpty();
    assertThat(found.freeBytes()).isPositive();
    try (Stream<Path> left = Files.list(path)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aPathBelowAFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    UnpackFolder found = look(file.resolve("djl/pytorch"));

    assertThat(found.obstacle()).isEqualTo("Not a directory");
    assertThat(found.freeBytes()).isPositive();
    assertThat(found.identity()).isEmpty();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(look(file).obstacle()).isEqualTo(file + " is a file");
  }

  @Test
  void aFolderIsTheSameByAnyOfItsNames() throws IOException {
    Path other = Files.createSymbolicLink(folder.resolve("link"), folder);

    assertThat(look(other).identity()).isEqualTo(look(folder).identity());
    assertThat(look(folder.resolve("own")).identity()).isNotEqualTo(look(folder).identity());
  }

  @Test
  void foldersOfTwoHostsAreTwo() {
    assertThat(UnpackFolder.of(() -> folder, "other").identity())
        .isNotEqualTo(look(folder).identity());
  }

  @Test
  void whereNoFolderServesTheReasonIsTold() {
    UnpackFolder found =
        UnpackFolder.of(
            () -> {
              throw new IOException("Could not create the cache");
            },
            "host");

    assertThat(found.obstacle()).contains("Could not create the cache");
  }
}
