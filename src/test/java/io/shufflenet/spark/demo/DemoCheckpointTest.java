package io.shufflenet.spark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ModelDescription;
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
  private Path beside;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("new").resolve("demo.pth.tar");
    beside = folder.resolve("new").resolve("demo.pth.tar.json");
  }

  @Test
  void holdsTheSmallestVariantForTheDemosClasses() throws IOException {
    DemoCheckpoint.write(file);

    Weights weights = Weights.read(Files.readAllBytes(file), file.toString());
    assertThat(weights.architecture()).isEqualTo(new Architecture(3, "0.5x"));
    assertThat(weights.classes()).isEqualTo(DemoImages.CLASSES.size());
  }

  @Test
  void describesItsModelInTheFileBesideIt() throws IOException {
    DemoCheckpoint.write(file);

    ModelDescription description =
        ModelDescription.read(Files.readAllBytes(beside), beside.toString());
    assertThat(description.classNames()).isEqualTo(DemoImages.CLASSES);
  }

  @Test
  void reusesItsOwnFiles() throws IOException {
    DemoCheckpoint.write(file);
    Files.write(file, new byte[] {1});

    DemoCheckpoint.write(file);

    assertThat(file).hasSize(1);
  }

  @Test
  void replacesWhatIsNotWhole() throws IOException {
    DemoCheckpoint.write(file);
    byte[] written = Files.readAllBytes(file);
    Files.delete(beside);

    DemoCheckpoint.write(file);

    assertThat(file).hasBinaryContent(written);
    assertThat(beside).exists();
  }

  @Test
  void refusesAFileThatItDidNotWrite() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);

    assertThatThrownBy(() -> DemoCheckpoint.write(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write the demo checkpoint to %s: the demo did not make what is there"
                .formatted(file));
  }
}
