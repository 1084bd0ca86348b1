package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.results.CatalogTable;
import io.shufflenet.spark.results.TableMode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobSettingsTest {
  private final Map<String, String> given =
      new HashMap<>(
          Map.of(
              "input.path", "/images",
              "model.path", "/model.pth.tar",
              "output.path", "/results"));

  @Test
  void threePathsAreEnough() throws IOException {
    assertThat(settings().topK()).isEqualTo(5);
  }

  @Test
  void aMissingPathIsNamedWithTheOptionThatGivesIt() {
    given.remove("model.path");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot start: model.path is not set; give --model FILE, or the key in a --conf file");
  }

  @Test
  void aNumberThatIsNoneNamesItsKey() {
    given.put("inference.top-k", "many");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use inference.top-k = many: it must be a number");
  }

  @Test
  void aNumberOutOfRangeNamesItsKey() {
    given.put("inference.top-k", "0");

    assertThatThrownBy(this::settings).hasMessage("Cannot use inference.top-k = 0: at least 1");
  }

  @Test
  void anUnknownDeviceNamesTheKnownOnes() {
    given.put("inference.device", "tpu");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use inference.device = tpu: it is one of [auto, cpu, gpu]");
  }

  @Test
  void thereAreTwoKindsOfEmbedding() {
    given.put("output.embedding", "all");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use output.embedding = all: it is one of [none, pooled]");
  }

  @Test
  void aTableIsUpdatedByNameUnlessSaidOtherwise() throws IOException {
    given.put("output.table", "lake.db.predictions");

    assertThat(settings().table())
        .hasValue(new CatalogTable("lake.db.predictions", TableMode.UPSERT));
    assertThat(settings().needsNames()).hasValue("output.table-mode = upsert");
    given.put("output.table-mode", "append");
    assertThat(settings().needsNames()).isEmpty();
  }

  @Test
  void aFailureRateIsAShare() {
    given.put("max-failure-rate", "5");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use max-failure-rate = 5.0: it is a share, from 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void aTemperatureIsPositiveAndFinite(String value) {
    given.put("inference.temperature", value);

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use inference.temperature = %s: it must be positive and finite",
            Double.valueOf(value));
  }

  @Test
  void aGroundTruthNeedsTheDevkitsSynsets() {
    given.put("input.ground-truth", "/truth.txt");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot use input.ground-truth = /truth.txt without input.synsets: its numbers are");
  }

  @Test
  void preprocessingIsTheModelsOwnUnlessItIsSet() throws IOException {
    JobSettings settings = settings();

    assertThat(settings.preprocessing()).isEmpty();
    assertThat(settings.inputSize()).isEmpty();
  }

  @Test
  void preprocessingAndInputSizeCanBeSet() throws IOException {
    given.put("image.preprocessing", "torchvision");
    given.put("image.input-size", "128");

    JobSettings settings = settings();

    assertThat(settings.preprocessing()).hasValue(Preprocessing.TORCHVISION);
    assertThat(settings.inputSize()).hasValue(128);
  }

  @Test
  void anInputSizeIsAMultipleOf32() {
    given.put("image.input-size", "100");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use image.input-size = 100: it is a multiple of 32, from 32 to 1024");
  }

  @Test
  void anUnknownModeNamesTheKnownOnes() {
    given.put("output.mode", "append");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use output.mode = append: it is one of [error, overwrite, resume]");
  }

  @Test
  void onlyAResumedRunCanTryFailuresAgain() {
    given.put("output.retry-errors", "true");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use output.retry-errors with output.mode = error: only resume keeps earlier"
                + " rows");
  }

  private JobSettings settings() throws IOException {
    return JobSettings.of(SettingsFile.PREDICTION.read(new Configuration(), null, given));
  }
}
