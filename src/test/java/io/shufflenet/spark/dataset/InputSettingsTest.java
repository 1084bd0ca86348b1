package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputSettingsTest {
  private final TestSettings settings = TestSettings.of("images");

  @Test
  void takesExtensionsInAnyCaseWithOrWithoutDot() {
    InputSettings built = settings.extensions(".JPG", "jpg", "Png").build();

    assertThat(built.extensions()).containsExactly("jpg", "png");
  }

  @Test
  void refusesAnEmptyPath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestSettings.of(" ").build())
        .withMessage("Cannot use input.path =  : it is empty; name a folder or a table");
  }

  @Test
  void refusesAnEmptyFormat() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.format("").build())
        .withMessage("Cannot use input.format = : it is empty; say auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "binaryFile"})
  void refusesSparksOwnReadersOfImages(String format) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.format(format).build())
        .withMessageStartingWith("Cannot use input.format = " + format);
  }

  @Test
  void refusesANegativeLimit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.limit(-1).build())
        .withMessage("Cannot use input.limit = -1: it must be 0 (all) or more");
  }

  @Test
  void refusesToKeepAColumnTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.keep("camera", "Camera").build())
        .withMessage("Cannot use input.keep = [camera, Camera]: Camera stands there twice");
  }

  @Test
  void refusesToKeepAColumnWithoutName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.keep("camera", "").build())
        .withMessageContaining("input.keep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a/b"})
  void refusesWhatIsNoEnding(String extension) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.extensions(extension).build())
        .withMessage(
            "Cannot use input.extensions = %s: it is not the ending of a file name", extension);
  }
}
