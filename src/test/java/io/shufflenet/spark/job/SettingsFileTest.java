package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {
  @TempDir private Path folder;

  @Test
  void everyKeyHasItsDefault() throws IOException {
    Config settings = read("", Map.of());

    assertThat(SettingsFile.PREDICTION.keys())
        .extracting(key -> key + " = " + settings.getValue(key).unwrapped())
        .containsExactly(
            "classes.restrict = ",
            "gates.drop = any",
            "gates.max-drop = 1",
            "gates.max-ece = 1",
            "gates.max-psi = 0",
            "gates.min-class-recall = 0",
            "gates.min-slice-top1 = 0",
            "gates.min-top1 = 0",
            "gates.min-top1-all = 0",
            "gates.min-top5 = 0",
            "image.input-size = 0",
            "image.max-bytes = 67108864",
            "image.max-pixels = 89478485",
            "image.orientation = ignore",
            "image.preprocessing = ",
            "inference.device = auto",
            "inference.precision = fp32",
            "inference.temperature = 1",
            "inference.top-k = 5",
            "input.columns.content = ",
            "input.columns.label = ",
            "input.columns.path = ",
            "input.columns.relative-path = ",
            "input.columns.version = ",
            "input.extensions = []",
            "input.format = auto",
            "input.ground-truth = ",
            "input.keep = []",
            "input.limit = 0",
            "input.path = ",
            "input.root = ",
            "input.seed = 0",
            "input.synsets = ",
            "max-failure-rate = 0.01",
            "model.architecture = ",
            "model.class-names = ",
            "model.path = ",
            "output.embedding = none",
            "output.mode = error",
            "output.path = ",
            "output.retry-errors = false",
            "output.scores = false",
            "output.table = ",
            "output.table-mode = upsert",
            "report.baseline = ",
            "report.by = []",
            "report.min-support = 30",
            "report.review = 100",
            "report.thumbnails = 12");
  }

  @Test
  void theFileOutweighsDefaultsAndTheCommandLineTheFile() throws IOException {
    Config settings = read("inference { device = cpu, top-k = 3 }", Map.of("inference.top-k", "8"));

    assertThat(settings.getInt("inference.top-k")).isEqualTo(8);
    assertThat(settings.getString("inference.device")).isEqualTo("cpu");
  }

  @Test
  void aPathOnTheCommandLineNeedsNoQuotes() throws IOException {
    Config settings = read("", Map.of("input.path", "s3a://bucket/a b/#1?"));

    assertThat(settings.getString("input.path")).isEqualTo("s3a://bucket/a b/#1?");
  }

  @Test
  void trueAndFalseOnTheCommandLineAreNoText() throws IOException {
    Config settings = read("", Map.of("output.scores", "true"));

    assertThat(settings.getValue("output.scores").unwrapped()).isEqualTo(true);
  }

  @Test
  void aListOnTheCommandLineIsSplitAtCommas() throws IOException {
    assertThat(read("", Map.of("input.keep", "a, b.c")).getStringList("input.keep"))
        .isEqualTo(List.of("a", "b.c"));
    assertThat(read("", Map.of("input.keep", "[a,b]")).getStringList("input.keep"))
        .isEqualTo(List.of("a", "b"));
  }

  @Test
  void anUnknownKeyOfTheFileIsRefusedWithTheNearestKnownOne() {
    assertThatThrownBy(() -> read("inferense.top-k = 4", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inferense.top-k")
        .hasMessageContaining("job.conf")
        .hasMessageEndingWith("the nearest is inference.top-k");
  }

  @Test
  void anUnknownKeyOfTheCommandLineIsRefused() {
    assertThatThrownBy(() -> read("", Map.of("input.pth", "x")))
        .hasMessage(
            "Cannot use the key input.pth (--set): there is none of that name; the nearest is"
                + " input.path");
  }

  @Test
  void aFileThatDoesNotParseIsNamedWithTheLine() {
    assertThatThrownBy(() -> read("input {\n path = [\n}", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("job.conf");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(
            () ->
                SettingsFile.PREDICTION.read(new Configuration(), folder + "/none.conf", Map.of()))
        .hasMessage("Cannot read --conf " + folder + "/none.conf: there is no such file");
  }

  private Config read(String text, Map<String, String> overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("job.conf"), text);
    return SettingsFile.PREDICTION.read(new Configuration(), file.toString(), overrides);
  }
}
