package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.checkpoint.ScriptFile;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import io.shufflenet.spark.model.torchscript.Precision;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class ModelFolderTest {
  private static final Weights WEIGHTS = Weights.initialised(new Architecture(3, "0.5x"), 2, 0);

  @Test
  void holdsAModuleAndWhatOthersNeedBesideIt() {
    Map<String, byte[]> files = files(Preprocessing.MEGVII, List.of("cat", "d\u00f6g"));

    assertThat(files)
        .containsOnlyKeys(
            "model.pt", "model.pt.json", "synset.txt", "serving.properties", "README.md");
    assertThat(ScriptFile.isScript(files.get("model.pt"))).isTrue();
    assertThat(text(files, "synset.txt")).isEqualTo("cat\nd\u00f6g\n");
    assertThat(text(files, "README.md"))
        .contains("shufflenetv1-0.5x-g3", "(N, 224, 224, 3)", "float32", WEIGHTS.sha256())
        .endsWith("--output RESULTS\n");
  }

  @Test
  void classesWithoutNamesAreCalledByTheirIndices() {
    assertThat(text(files(Preprocessing.MEGVII, List.of()), "synset.txt")).isEqualTo("0\n1\n");
  }

  @Test
  void djlIsToldToPreprocessAsTheModel() throws IOException {
    Properties megvii = servingProperties(Preprocessing.MEGVII.atSize(128));

    assertThat(megvii)
        .containsEntry("engine", "PyTorch")
        .containsEntry("option.mapLocation", "true")
        .containsEntry("width", "128")
        .containsEntry("height", "128")
        .containsEntry("resizeShort", "146,-1,BILINEAR")
        .containsEntry("centerCrop", "true")
        .containsEntry("toTensor", "false")
        .containsEntry("applySoftmax", "true");
    assertThat(servingProperties(Preprocessing.TORCHVISION))
        .containsEntry("resizeShort", "256,-1,BILINEAR");
  }

  @Test
  void theFileBesideTheModuleSaysWhatIsLeftToDoBeforeIt() {
    List<String> names = List.of("cat", "dog");
    byte[] json = files(Preprocessing.TORCHVISION, names).get("model.pt.json");

    assertThat(ModelDescription.read(json, "json"))
        .isEqualTo(
            new ModelDescription(
                new Preprocessing(
                    "torchvision",
                    Resize.ANTIALIASED_TRIANGLE,
                    256,
                    224,
                    ChannelOrder.RGB,
                    List.of(0f, 0f, 0f),
                    List.of(1f, 1f, 1f)),
                names));
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    assertThat(files(Preprocessing.MEGVII, List.of()).get("model.pt"))
        .isEqualTo(files(Preprocessing.MEGVII, List.of()).get("model.pt"));
  }

  @Test
  void aNameWithALineBreakIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files(Preprocessing.MEGVII, List.of("cat", "d\rog")))
        .withMessage("Cannot export the classes' names: the name of class 1 has a line break");
  }

  private static Map<String, byte[]> files(Preprocessing preprocessing, List<String> names) {
    ModelDescription description = new ModelDescription(preprocessing, names);
    return ModelFolder.files(WEIGHTS, description, Precision.FLOAT32);
  }

  private static Properties servingProperties(Preprocessing preprocessing) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text(files(preprocessing, List.of()), "serving.properties")));
    return properties;
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }
}
