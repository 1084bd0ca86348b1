package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AugmentationTest {
  @Test
  void megviiVariesAsItsTrainingDoes() {
    assertThat(Augmentation.MEGVII).isEqualTo(new Augmentation(0.08, 0.4, 0.4, 0.4, 0.5));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0.0001, 1"})
  void takesTheEndsOfItsRanges(double minArea, double other) {
    assertThatCode(() -> new Augmentation(minArea, other, other, other, other))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void refusesALeastAreaThatCannotBe(double minArea) {
    assertThatThrownBy(() -> new Augmentation(minArea, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot augment images with train.min-area = %s: it is more than 0 and at most 1"
                .formatted(minArea));
  }

  @ParameterizedTest
  @CsvSource({
    "train.brightness, -0.1, 0, 0, 0, -0.1",
    "train.contrast, 0, 1.5, 0, 0, 1.5",
    "train.saturation, 0, 0, NaN, 0, NaN",
    "train.flip, 0, 0, 0, 2, 2.0"
  })
  void refusesWhatIsNoFraction(
      String key,
      double brightness,
      double contrast,
      double saturation,
      double flip,
      String refused) {
    assertThatThrownBy(() -> new Augmentation(1, brightness, contrast, saturation, flip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot augment images with %s = %s: it is 0 to 1".formatted(key, refused));
  }
}
