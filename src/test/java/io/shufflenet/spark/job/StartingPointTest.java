package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

final class StartingPointTest {
  private static final String LINEAR = "classifier.0.weight";
  private static final Architecture SMALL = new Architecture(3, "0.5x");
  private static final Weights TRAINED = Weights.initialised(SMALL, 2, 99);
  private static final List<String> NAMES = List.of("cat", "dog");

  private final Map<String, String> given =
      new HashMap<>(Map.of("input.path", "/images", "output.path", "/results"));

  @Test
  void withoutACheckpointItIsMegviisDefaultUntrained() throws IOException {
    given.put("train.seed", "7");

    StartingPoint start = StartingPoint.of(settings(), Optional.empty(), 2, NAMES);

    assertThat(start.weights().architecture()).isEqualTo(new Architecture(3, "2.0x"));
    assertThat(start.weights().tensors())
        .isEqualTo(Weights.initialised(new Architecture(3, "2.0x"), 2, 7).tensors());
    assertThat(start.description()).isEqualTo(new ModelDescription(Preprocessing.MEGVII, NAMES));
    assertThat(start.note()).isEqualTo("untrained weights of seed 7");
  }

  @Test
  void withoutACheckpointTheArchitectureCanBeSet() throws IOException {
    given.put("model.architecture", "0.5x-g3");

    StartingPoint start = StartingPoint.of(settings(), Optional.empty(), 5, List.of());

    assertThat(start.weights().architecture()).isEqualTo(SMALL);
    assertThat(start.weights().classes()).isEqualTo(5);
  }

  @Test
  void ofTheSameClassesTheLinearLayerIsKept() throws IOException {
    StartingPoint start = from(NAMES, 2, NAMES);

    assertThat(start.weights()).isSameAs(TRAINED);
    assertThat(start.note()).isEqualTo("/model.pth.tar, its linear layer included");
  }

  @Test
  void aCheckpointWithoutNamesIsOfTheSameClassesIfThereAreAsMany() throws IOException {
    assertThat(from(List.of(), 2, NAMES).weights()).isSameAs(TRAINED);
  }

  @Test
  void forAnotherNumberOfClassesOnlyTheLinearLayerStartsAnew() throws IOException {
    StartingPoint start = from(List.of(), 3, List.of("cat", "dog", "eel"));

    assertThat(start.weights().classes()).isEqualTo(3);
    assertOnlyTheLinearLayerDiffers(start.weights());
    assertThat(start.note())
        .isEqualTo(
            "/model.pth.tar of 2 classes; the linear layer starts anew, for it was of other"
                + " classes");
  }

  @Test
  void forOtherNamesOnlyTheLinearLayerStartsAnew() throws IOException {
    StartingPoint start = from(NAMES, 2, List.of("dog", "cat"));

    assertOnlyTheLinearLayerDiffers(start.weights());
    assertThat(start.description().classNames()).containsExactly("dog", "cat");
    assertThat(start.note()).contains("the linear layer starts anew");
  }

  private static void assertOnlyTheLinearLayerDiffers(Weights weights) {
    Map<String, Tensor> now = new HashMap<>(weights.tensors());
    Map<String, Tensor> then = new HashMap<>(TRAINED.tensors());
    assertThat(now.remove(LINEAR)).isNotEqualTo(then.remove(LINEAR));
    assertThat(now).isEqualTo(then);
  }

  @Test
  void anotherArchitectureThanThatOfTheCheckpointIsRefused() {
    given.put("model.architecture", "1.0x-g3");

    assertThatThrownBy(() -> from(NAMES, 2, NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shufflenetv1-1.0x-g3")
        .hasMessageContaining("shufflenetv1-0.5x-g3");
  }

  @Test
  void imagesArePreprocessedAsTheCheckpointsDescriptionSays() throws IOException {
    assertThat(from(NAMES, 2, NAMES).description().preprocessing())
        .isEqualTo(Preprocessing.TORCHVISION.atSize(96));
  }

  @Test
  void whatIsSetOutweighsTheCheckpointsDescription() throws IOException {
    given.put("image.preprocessing", "megvii");
    given.put("image.input-size", "64");

    assertThat(from(NAMES, 2, NAMES).description().preprocessing())
        .isEqualTo(Preprocessing.MEGVII.atSize(64));
  }

  /** From the trained weights, whose description has these names. */
  private StartingPoint from(List<String> modelNames, int classes, List<String> classNames)
      throws IOException {
    given.put("model.path", "/model.pth.tar");
    ModelDescription description =
        new ModelDescription(Preprocessing.TORCHVISION.atSize(96), modelNames);
    LoadedModel model = new LoadedModel(TRAINED, Optional.of(description));
    return StartingPoint.of(settings(), Optional.of(model), classes, classNames);
  }

  private TrainJobSettings settings() throws IOException {
    return TrainJobSettings.of(SettingsFile.TRAINING.read(new Configuration(), null, given));
  }
}
