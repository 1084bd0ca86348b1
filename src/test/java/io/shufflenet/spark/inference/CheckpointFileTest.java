package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.ModelDescription;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFileTest {
  @TempDir private Path folder;
  private Path checkpoint;
  private Path beside;

  @BeforeEach
  void arrange() throws IOException {
    checkpoint = Files.copy(GoldenFiles.CHECKPOINT, folder.resolve("a b%20#1.pth.tar"));
    beside = folder.resolve("a b%20#1.pth.tar.json");
  }

  @Test
  void aCheckpointMayStandAlone() throws IOException {
    LoadedModel model = read();

    assertThat(model.weights().classes()).isEqualTo(10);
    assertThat(model.description()).isEmpty();
  }

  @Test
  void theFileBesideTheCheckpointIsRead() throws IOException {
    ModelDescription description =
        new ModelDescription(Preprocessing.TORCHVISION.atSize(160), List.of());
    Files.writeString(beside, description.json());

    assertThat(read().description()).hasValue(description);
  }

  @Test
  void otherNumbersOfNamesThanClassesAreRefused() throws IOException {
    Files.writeString(
        beside, new ModelDescription(Preprocessing.MEGVII, List.of("cat", "dog")).json());

    assertRefused("it has 2 class names, and the checkpoint beside it has 10 classes");
  }

  @Test
  void aBrokenFileIsRefusedByItsName() throws IOException {
    Files.writeString(beside, "{}");

    assertRefused("it has no input_size");
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectory(beside);

    assertRefused("it is a folder");
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(beside.toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }

    assertRefused("16777217 bytes are too many");
  }

  private void assertRefused(String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessage("Cannot read file:%s: %s", beside, reason);
  }

  private LoadedModel read() throws IOException {
    return CheckpointFile.read(new Configuration(), "model.path", checkpoint.toString());
  }
}
