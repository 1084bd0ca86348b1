package io.shufflenet.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptFileTest {
  @Test
  void whatTheArchiveWriterWritesIsAModule() throws IOException {
    assertThat(ScriptFile.isScript(module())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shufflenetv1-0.5x-g3-10c.zip.pth.tar", "shufflenetv1-0.5x-g3-10c.legacy.pth.tar"})
  void aCheckpointIsNone(String name) throws IOException {
    byte[] checkpoint = Files.readAllBytes(io.shufflenet.spark.GoldenFiles.path(name));

    assertThat(ScriptFile.isScript(checkpoint)).isFalse();
  }

  @Test
  void constantsAndCodeOfDifferentFoldersAreNone() throws IOException {
    assertThat(ScriptFile.isScript(zip("a/constants.pkl", "a/code/__torch__.py"))).isTrue();
    assertThat(ScriptFile.isScript(zip("constants.pkl", "code/__torch__.py"))).isTrue();
    assertThat(ScriptFile.isScript(zip("a/constants.pkl", "b/code/__torch__.py"))).isFalse();
    assertThat(ScriptFile.isScript(zip("a/constants.pkl"))).isFalse();
  }

  @Test
  void aModuleThatWasCutOffIsNone() throws IOException {
    byte[] module = module();

    assertThat(ScriptFile.isScript(Arrays.copyOf(module, module.length - 30))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PK", "<html>404</html>", "PK\u0003\u0004"})
  void otherFilesAreNone(String content) {
    assertThat(ScriptFile.isScript(content.getBytes(StandardCharsets.ISO_8859_1))).isFalse();
  }

  private static byte[] module() throws IOException {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    ScriptArchive.write("class Net(Module):\n", List.of(Tensor.ofLong(1)), module);
    return module.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
      }
    }
    return archive.toByteArray();
  }
}
