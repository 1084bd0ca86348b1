package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderIT {
  @TempDir private Path parent;

  @Test
  void namingAFolderCreatesNothing() throws IOException {
    folder();

    assertThat(parent.resolve("out")).doesNotExist();
  }

  @Test
  void refusesAFolderThatHoldsFiles() throws IOException {
    Path out = Files.createDirectory(parent.resolve("out"));
    Files.createFile(out.resolve("precious.txt"));

    assertThatThrownBy(this::folder)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output.path")
        .hasMessageContaining("already holds files");
  }

  @Test
  void takesAnEmptyFolder() throws IOException {
    Files.createDirectory(parent.resolve("out"));

    assertThat(folder().output().getName()).isEqualTo("out");
  }

  @Test
  void refusesAFile() throws IOException {
    Files.createFile(parent.resolve("out"));

    assertThatThrownBy(this::folder).hasMessageContaining("it is a file, not a folder");
  }

  @Test
  void refusesTheFolderOfAnUnfinishedRun() throws IOException {
    folder().create();

    assertThatThrownBy(this::folder).hasMessageContaining("another run is at work there");
  }

  @Test
  void publishesAFileWithItsText() throws IOException {
    RunFolder folder = folder();
    folder.create();

    folder.publishText("run.json", "{\"größe\": 1}");
    folder.clean();

    assertThat(parent.resolve("out/run.json")).hasContent("{\"größe\": 1}");
    assertThat(parent.resolve("out")).isDirectoryNotContaining("glob:**/.work");
  }

  @Test
  void discardingLeavesNothing() throws IOException {
    RunFolder folder = folder();
    folder.create();

    folder.discard();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void discardingKeepsWhatIsPublished() throws IOException {
    RunFolder folder = folder();
    folder.create();
    folder.publishText("hours-of-work", "");

    folder.discard();

    assertThat(parent.resolve("out")).isDirectoryContaining("glob:**/hours-of-work");
    assertThat(parent.resolve("out/.work")).doesNotExist();
  }

  private RunFolder folder() throws IOException {
    return RunFolder.of(
        new Configuration(),
        new org.apache.hadoop.fs.Path(parent.resolve("out").toString()),
        "run-1");
  }
}
