package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.model.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectIT {
  @Test
  void tellsWhatACheckpointIs() {
    Said said = Workplace.say("inspect", GoldenFiles.CHECKPOINT.toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .containsPattern("variant +shufflenetv1-0.5x-g3\n")
        .containsPattern("classes +10\n")
        .containsPattern("parameters +242,124\n")
        .containsPattern("multiply-adds +37,114,656 for an image of 224 x 224\n")
        .doesNotContain("first_conv", "input size", "preprocessing", "class names");
  }

  @Test
  void tellsWhatTheFileBesideTheCheckpointSays(@TempDir Path folder) throws IOException {
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "animal " + i).toList();
    ModelDescription description =
        new ModelDescription(Preprocessing.TORCHVISION.atSize(96), names);
    Path checkpoint = Files.copy(GoldenFiles.CHECKPOINT, folder.resolve("model.pth.tar"));
    Files.writeString(folder.resolve("model.pth.tar.json"), description.json());

    Said said = Workplace.say("inspect", checkpoint.toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .containsPattern("multiply-adds +6,820,896 for an image of 96 x 96\n")
        .containsPattern("input size +96 x 96\n")
        .containsPattern("preprocessing +torchvision, short side 110\n")
        .containsPattern(
            "class names +10: animal 0, animal 1, animal 2, animal 3, animal 4, ...\n");
  }

  @Test
  void namesDoNotCommandTheTerminal(@TempDir Path folder) throws IOException {
    List<String> names = IntStream.range(0, 10).mapToObj(i -> i + "\u001b[2J\n").toList();
    Path checkpoint = Files.copy(GoldenFiles.CHECKPOINT, folder.resolve("model.pth.tar"));
    Files.writeString(
        folder.resolve("model.pth.tar.json"),
        new ModelDescription(Preprocessing.MEGVII, names).json());

    Said said = Workplace.say("inspect", checkpoint.toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("10: 0\\u001b[2J\\n, 1\\u001b[2J\\n, ")
        .doesNotContain("\u001b");
  }

  @Test
  void listsTensorsOnRequest() {
    Said said = Workplace.say("inspect", "--tensors", GoldenFiles.CHECKPOINT.toString());

    assertThat(said.out())
        .containsPattern("first_conv.0.weight +float32 +12x3x3x3\n")
        .containsPattern("classifier.0.weight +float32 +10x480\n");
  }

  @Test
  void refusesAFileThatIsNoCheckpoint(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("model.pth.tar"), "<html>404 Not Found</html>");

    Said said = Workplace.say("inspect", page.toString());

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).startsWith("Error: Cannot read checkpoint " + page);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Said said = Workplace.say("inspect", "/nowhere/model.pth.tar");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            "Error: Cannot read checkpoint file:/nowhere/model.pth.tar: there is no such file\n");
  }

  @Test
  void anUnknownCommandIsWrongUsage() {
    assertThat(Workplace.say("evaluat").exitCode()).isEqualTo(2);
  }
}
