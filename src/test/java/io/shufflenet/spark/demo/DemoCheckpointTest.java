package io.shufflenet.spark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCheckpointTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("new").resolve("demo.pth.tar");
  }

  @Test
  void holdsTheSmallestVariantForTheDemosClasses() throws IOException {
    DemoCheckpoint.write(file, 7);

    Weights weights = read();
    assertThat(weights.architecture()).isEqualTo(new Architecture(3, "0.5x"));
    assertThat(weights.classes()).isEqualTo(DemoImages.CLASSES.size());
  }

  @Test
  void replacesItsOwnFileOfAnotherSeed() throws IOException {
    DemoCheckpoint.write(file, 7);
    byte[] first = Files.readAllBytes(file);

    DemoCheckpoint.write(file, 8);

    assertThat(Files.readAllBytes(file)).hasSameSizeAs(first).isNotEqualTo(first);
  }

  @Test
  void reusesItsOwnFileOfTheSameSeed() throws IOException {
    DemoCheckpoint.write(file, 7);
    Files.write(file, new byte[] {1});

    DemoCheckpoint.write(file, 7);

    assertThat(file).hasSize(1);
  }

  @Test
  void refusesAFileThatItDidNotWrite() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);

    assertThatThrownBy(() -> DemoCheckpoint.write(file, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write the demo checkpoint to %s: the demo did not make what is there"
                .formatted(file));
  }

  private Weights read() throws IOException {
    return Weights.read(Files.readAllBytes(file), file.toString());
  }
}
