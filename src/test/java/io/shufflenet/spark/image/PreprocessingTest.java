package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreprocessingTest {
  @Test
  void megviiTakesPixelsAsTheyAre() {
    assertThat(Preprocessing.named("megvii"))
        .isEqualTo(
            new Preprocessing(
                "megvii",
                Resize.LINEAR,
                256,
                224,
                ChannelOrder.BGR,
                List.of(0f, 0f, 0f),
                List.of(1f, 1f, 1f)));
  }

  @Test
  void torchvisionTakesImageNetsMeanAndDeviation() {
    Preprocessing preset = Preprocessing.named("torchvision");

    assertThat(preset.channels()).isEqualTo(ChannelOrder.RGB);
    assertThat(preset.mean()).containsExactly(255 * 0.485f, 255 * 0.456f, 255 * 0.406f);
    assertThat(preset.deviation()).containsExactly(255 * 0.229f, 255 * 0.224f, 255 * 0.225f);
  }

  @Test
  void refusesAnUnknownPreset() {
    assertThatThrownBy(() -> Preprocessing.named("timm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot preprocess images by image.preprocessing = timm: it is megvii or torchvision");
  }

  @Test
  void refusesACropLargerThanTheImage() {
    assertThatThrownBy(
            () ->
                new Preprocessing(
                    "mine", Resize.LINEAR, 224, 256, ChannelOrder.RGB, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot cut crops of 256 pixels from images of short side 224");
  }

  @Test
  void refusesMeansThatDoNotFitTheChannels() {
    assertThatThrownBy(
            () ->
                new Preprocessing(
                    "mine", Resize.LINEAR, 256, 224, ChannelOrder.RGB, List.of(1f), List.of(1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot normalise 3 channels with the means [1.0] and the deviations [1.0]");
  }

  @ParameterizedTest
  @CsvSource({"32, 37", "96, 110", "128, 146", "160, 183", "224, 256", "448, 512", "1024, 1170"})
  void theShortSideKeepsItsProportionToTheCrop(int inputSize, int shortSide) {
    Preprocessing scaled = Preprocessing.MEGVII.atSize(inputSize);

    assertThat(scaled)
        .isEqualTo(
            new Preprocessing(
                "megvii",
                Resize.LINEAR,
                shortSide,
                inputSize,
                ChannelOrder.BGR,
                List.of(0f, 0f, 0f),
                List.of(1f, 1f, 1f)));
  }

  @Test
  void aScaledPresetIsScaledBackToThePreset() {
    assertThat(Preprocessing.TORCHVISION.atSize(96).atSize(224))
        .isEqualTo(Preprocessing.TORCHVISION);
  }

  @Test
  void ownProportionsAreKept() {
    Preprocessing mine =
        new Preprocessing(
            "mine",
            Resize.LINEAR,
            224,
            224,
            ChannelOrder.RGB,
            List.of(0f, 0f, 0f),
            List.of(1f, 1f, 1f));

    assertThat(mine.atSize(64).shortSide()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(ints = {-32, 0, 16, 100, 225, 1056})
  void refusesAnInputSizeThatTheNetworksDoNotTake(int inputSize) {
    assertThatThrownBy(() -> Preprocessing.MEGVII.atSize(inputSize))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use image.input-size = "
                + inputSize
                + ": it is a multiple of 32, from 32 to 1024");
  }

  @Test
  void orientationPoliciesHaveLabels() {
    assertThat(Orientation.named("apply")).isEqualTo(Orientation.APPLY);
    assertThat(Orientation.IGNORE.label()).isEqualTo("ignore");
  }

  @Test
  void refusesAnUnknownOrientationPolicy() {
    assertThatThrownBy(() -> Orientation.named("APPLY"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot treat EXIF orientation by image.orientation = APPLY: it is ignore or apply");
  }

  @Test
  void failuresHaveLabels() {
    assertThat(ImageException.Kind.NOT_AN_IMAGE.label()).isEqualTo("not-an-image");
  }
}
