package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.typesafe.config.Config;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainJobSettingsTest {
  private final Map<String, String> given =
      new HashMap<>(Map.of("input.path", "/images", "output.path", "/results"));

  @Test
  void everyKeyHasItsDefault() throws IOException {
    Config settings = SettingsFile.TRAINING.read(new Configuration(), null, Map.of());

    assertThat(SettingsFile.TRAINING.keys())
        .extracting(key -> key + " = " + settings.getValue(key).unwrapped())
        .containsExactly(
            "image.input-size = 0",
            "image.max-bytes = 67108864",
            "image.max-pixels = 89478485",
            "image.orientation = ignore",
            "image.preprocessing = ",
            "input.columns.content = ",
            "input.columns.label = ",
            "input.columns.path = ",
            "input.columns.relative-path = ",
            "input.columns.version = ",
            "input.extensions = []",
            "input.format = auto",
            "input.limit = 0",
            "input.path = ",
            "input.root = ",
            "input.seed = 0",
            "max-failure-rate = 0.01",
            "model.architecture = ",
            "model.class-names = ",
            "model.path = ",
            "output.path = ",
            "train.batch-size = 1024",
            "train.brightness = 0.4",
            "train.checkpoint-every = 10000",
            "train.clip-norm = 0",
            "train.contrast = 0.4",
            "train.device = auto",
            "train.flip = 0.5",
            "train.freeze-before = stem",
            "train.iterations = 300000",
            "train.label-smoothing = 0.1",
            "train.learning-rate = 0.5",
            "train.metrics-every = 20",
            "train.min-area = 0.08",
            "train.momentum = 0.9",
            "train.saturation = 0.4",
            "train.seed = 0",
            "train.spool = ",
            "train.validate-every = 10000",
            "train.warm-up = 0",
            "train.weight-decay = 4.0E-5",
            "validation.path = ");
  }

  @Test
  void twoPathsAreEnough() throws IOException {
    TrainJobSettings settings = settings();

    assertThat(settings.validation()).isEmpty();
    assertThat(settings.modelPath()).isEmpty();
    assertThat(settings.architecture()).isEmpty();
    assertThat(settings.preprocessing()).isEmpty();
    assertThat(settings.inputSize()).isEmpty();
    assertThat(settings.spool()).isEmpty();
  }

  @Test
  void whatIsSetIsTaken() throws IOException {
    given.put("model.path", "/model.pth.tar");
    given.put("model.architecture", "0.5x-g3");
    given.put("image.preprocessing", "torchvision");
    given.put("image.input-size", "96");
    given.put("train.spool", "/fast");
    given.put("train.freeze-before", "stage4");

    TrainJobSettings settings = settings();

    assertThat(settings.modelPath()).hasValue("/model.pth.tar");
    assertThat(settings.architecture()).hasValue(new Architecture(3, "0.5x"));
    assertThat(settings.preprocessing()).hasValue(Preprocessing.TORCHVISION);
    assertThat(settings.inputSize()).hasValue(96);
    assertThat(settings.spool()).hasValue(Path.of("/fast"));
    assertThat(settings.training().network().firstTrained()).isEqualTo(Stage.STAGE4);
  }

  @ParameterizedTest
  @CsvSource({
    "input.path, --input PATH",
    "output.path, --output PATH",
  })
  void aMissingPathIsNamedWithTheOptionThatGivesIt(String key, String option) {
    given.remove(key);

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot start: %s is not set; give %s, or the key in a --conf file", key, option);
  }

  @ParameterizedTest
  @CsvSource({
    "image.input-size, 100",
    "image.max-pixels, 0",
    "image.max-bytes, 0",
    "image.orientation, turn",
    "image.preprocessing, caffe",
    "input.limit, -1",
    "max-failure-rate, 2.0",
    "model.architecture, 9x",
    "train.batch-size, 1",
    "train.batch-size, 8193",
    "train.brightness, 1.5",
    "train.checkpoint-every, 0",
    "train.clip-norm, -1.0",
    "train.contrast, -0.1",
    "train.device, tpu",
    "train.flip, 1.1",
    "train.freeze-before, stage5",
    "train.iterations, 0",
    "train.label-smoothing, 1.0",
    "train.learning-rate, 0.0",
    "train.metrics-every, 0",
    "train.min-area, 0.0",
    "train.momentum, 1.0",
    "train.saturation, 2.0",
    "train.spool, file:/tmp",
    "train.validate-every, 0",
    "train.warm-up, 300001",
    "train.weight-decay, -1.0",
  })
  void aValueOutOfRangeNamesItsKey(String key, String value) {
    given.put(key, value);

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(value);
  }

  @Test
  void anUnknownDeviceNamesTheKnownOnes() {
    given.put("train.device", "tpu");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use train.device = tpu: it is one of [auto, cpu, gpu]");
  }

  @Test
  void aSpoolOnAnotherFileSystemIsRefused() {
    given.put("train.spool", "hdfs://host/spool");

    assertThatThrownBy(this::settings)
        .hasMessage(
            "Cannot use train.spool = hdfs://host/spool: it is a path on the local disk, without a"
                + " scheme");
  }

  @Test
  void theValidationSetIsReadAsTheTrainingSetButWithoutItsLimit() throws IOException {
    given.put("validation.path", "/validation");
    given.put("input.limit", "10");
    given.put("input.extensions", "jpg");
    given.put("input.columns.label", "class");

    InputSettings training = settings().input();
    InputSettings validation = settings().validation().orElseThrow();

    assertThat(training.limit()).isEqualTo(10);
    assertThat(validation.limit()).isZero();
    assertThat(validation.path()).isEqualTo("/validation");
    assertThat(validation)
        .usingRecursiveComparison()
        .ignoringFields("path", "limit")
        .isEqualTo(training);
  }

  @Test
  void theCourseLeavesOutWhatDoesNotChangeTheResult() throws IOException {
    JsonObject course = JsonParser.parseString(settings().course()).getAsJsonObject();

    assertThat(course.keySet())
        .containsExactlyInAnyOrder("input", "validation", "model", "image", "train");
    assertThat(course.getAsJsonObject("train").keySet())
        .contains("batch-size", "seed", "iterations")
        .doesNotContain("spool", "device");
  }

  private TrainJobSettings settings() throws IOException {
    return TrainJobSettings.of(SettingsFile.TRAINING.read(new Configuration(), null, given));
  }
}
