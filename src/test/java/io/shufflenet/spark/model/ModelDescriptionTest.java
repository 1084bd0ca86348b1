package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.image.Preprocessing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelDescriptionTest {
  private static final String WHOLE =
      """
      {
        "input_size": 128,
        "preprocessing": {
          "name": "megvii",
          "resize": "linear",
          "short_side": 146,
          "channels": "BGR",
          "mean": [
            0.0,
            0.0,
            0.0
          ],
          "deviation": [
            1.0,
            1.0,
            1.0
          ]
        },
        "class_names": [
          "airship",
          "<b\u00fcgeleisen>"
        ]
      }
      """;

  private static final ModelDescription DESCRIPTION =
      new ModelDescription(
          Preprocessing.MEGVII.atSize(128), List.of("airship", "<b\u00fcgeleisen>"));

  @Test
  void isTheSameTextEveryTime() {
    assertThat(DESCRIPTION.json()).isEqualTo(WHOLE);
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(read(WHOLE)).isEqualTo(DESCRIPTION);
  }

  @Test
  void keepsEveryBitOfMeansAndDeviations() {
    ModelDescription description = new ModelDescription(Preprocessing.TORCHVISION, List.of());

    assertThat(read(description.json())).isEqualTo(description);
  }

  @Test
  void needsNoClassNames() {
    String text = new ModelDescription(Preprocessing.MEGVII, List.of()).json();

    assertThat(text).doesNotContain("class_names");
    assertThat(read(text).classNames()).isEmpty();
  }

  @Test
  void passesOverWhatItDoesNotKnow() {
    assertThat(read(WHOLE.replaceFirst("\\{", "{\"epochs\": [240],"))).isEqualTo(DESCRIPTION);
  }

  @Test
  void standsBesideTheCheckpoint() {
    assertThat(ModelDescription.fileName("model.pth.tar")).isEqualTo("model.pth.tar.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "128 | 100 | input_size is 100, and must be a multiple of 32, from 32 to 1024",
        "128 | 12.5 | input_size is 12.5, and must be a whole number",
        "128 | 1e999999999 | input_size is 1e999999999, and must be a whole number",
        "128 | '\"big\"' | input_size is \"big\", and must be a whole number",
        "146 | 127 | short_side is 127, and must be from 128, the input size, to 8192",
        "146 | 100000 | short_side is 100000, and must be from 128, the input size, to 8192",
        "146 | null | short_side is null, and must be a whole number",
        "\"BGR\" | \"GBR\" | channels is \"GBR\", and must be RGB or BGR",
        "\"linear\" | \"cubic\" | resize is \"cubic\", and must be linear or antialiased-triangle",
        "\"linear\" | 3 | resize is 3, and must be a text",
        "\"megvii\" | \" \" | name is \" \", and must be a name",
        "\"airship\" | 7 | class_names is [7,\"<bügeleisen>\"], and must be a list of texts",
        "\"airship\" | \"\" | class_names: the name of class 0 is blank",
        "\"airship\" | \"<bügeleisen>\" | class_names: classes 0 and 1 are both '<bügeleisen>'",
        "\"input_size\" | \"size\" | it has no input_size",
        "\"mean\" | \"means\" | it has no mean"
      })
  void refusesOtherValuesAndNamesThem(String text, String replacement, String reason) {
    assertRefused(WHOLE.replaceFirst(text, replacement), reason);
  }

  @Test
  void refusesMeansThatAreNotThree() {
    assertRefused(
        WHOLE.replaceFirst("(?s)\"mean\": \\[.*?]", "\"mean\": []"),
        "mean is [], and must be three numbers");
  }

  @Test
  void refusesADeviationThatNothingCanBeDividedBy() {
    assertRefused(
        WHOLE.replaceFirst("1.0", "0.0"),
        "deviation is [0.0,1.0,1.0], and must be three numbers above 0");
  }

  @Test
  void refusesAPreprocessingThatIsNoObject() {
    assertRefused(
        "{\"input_size\": 224, \"preprocessing\": \"megvii\"}",
        "preprocessing is \"megvii\", and must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "224"})
  void refusesWhatIsNoJsonObject(String text) {
    assertRefused(text, "it is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"input_size\": 224", "<html>404 Not Found</html>"})
  void refusesWhatIsNoJson(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("Cannot read model.pth.tar.json: it is not JSON: ");
  }

  @Test
  void refusesOtherEncodings() {
    byte[] latin = WHOLE.getBytes(StandardCharsets.ISO_8859_1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelDescription.read(latin, "model.pth.tar.json"))
        .withMessage("Cannot read model.pth.tar.json: it is not UTF-8");
  }

  @Test
  void cannotBeMadeOfNamesThatStandThereTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelDescription(Preprocessing.MEGVII, List.of("cat", "dog", "cat")))
        .withMessage("Cannot name the classes of a model: classes 0 and 2 are both 'cat'");
  }

  private static void assertRefused(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(text))
        .withMessage("Cannot read model.pth.tar.json: %s", reason);
  }

  private static ModelDescription read(String text) {
    return ModelDescription.read(text.getBytes(StandardCharsets.UTF_8), "model.pth.tar.json");
  }
}
