package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.dataset.HadoopPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewFolderTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  private final Configuration hadoop = new Configuration();
  @TempDir private Path parent;

  @Test
  void holdsTheFilesAndNothingElse() throws IOException {
    Path folder = parent.resolve("deep/a b:c");

    folder(folder).write(Map.of("one", TEXT, "two", TEXT));

    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("one", "two");
    assertThat(folder.resolve("one")).hasContent("text");
    assertThat(folder.getParent().toFile().list()).containsExactly("a b:c");
  }

  @Test
  void whatExistsIsRefused() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("there"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> folder(folder))
        .withMessage(
            "Cannot write to --output file:%s: it is there already. Name a new folder, or delete"
                + " it",
            folder);
  }

  @Test
  void nothingIsLeftOfAFailure() {
    Path folder = parent.resolve("new");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("one", TEXT);
    files.put("one/two", TEXT);

    assertThatThrownBy(() -> folder(folder).write(files)).isInstanceOf(IOException.class);

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatCameToStandThereMeanwhileIsLeftAlone() throws IOException {
    Path path = parent.resolve("new");
    NewFolder folder = folder(path);
    Files.createDirectory(path);

    assertThatThrownBy(() -> folder.write(Map.of("one", TEXT)))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write to file:%s: the file system refused the move", path);

    assertThat(path).isEmptyDirectory();
    assertThat(parent.toFile().list()).containsExactly("new");
  }

  private NewFolder folder(Path path) throws IOException {
    return NewFolder.of(hadoop, HadoopPath.named(hadoop, "--output", path.toString()));
  }
}
