package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LoadedModelTest {
  private static final Optional<Preprocessing> NO_PRESET = Optional.empty();
  private static final OptionalInt NO_SIZE = OptionalInt.empty();
  private static final Weights WEIGHTS = Weights.initialised(new Architecture(3, "0.5x"), 2, 0);

  private final LoadedModel plain = new LoadedModel(WEIGHTS, Optional.empty());
  private final LoadedModel described =
      new LoadedModel(
          WEIGHTS,
          Optional.of(
              new ModelDescription(Preprocessing.TORCHVISION.atSize(96), List.of("cat", "dog"))));

  @Test
  void aCheckpointAloneIsPreprocessedAsByMegvii() {
    assertThat(plain.preprocessing(NO_PRESET, NO_SIZE)).isEqualTo(Preprocessing.MEGVII);
    assertThat(plain.classNames()).isEmpty();
  }

  @Test
  void theDescriptionIsFollowed() {
    assertThat(described.preprocessing(NO_PRESET, NO_SIZE))
        .isEqualTo(Preprocessing.TORCHVISION.atSize(96));
    assertThat(described.classNames()).containsExactly("cat", "dog");
  }

  @Test
  void aPresetThatIsSetKeepsTheModelsSize() {
    assertThat(described.preprocessing(Optional.of(Preprocessing.MEGVII), NO_SIZE))
        .isEqualTo(Preprocessing.MEGVII.atSize(96));
  }

  @Test
  void aSizeThatIsSetKeepsTheModelsPreprocessing() {
    assertThat(described.preprocessing(NO_PRESET, OptionalInt.of(224)))
        .isEqualTo(Preprocessing.TORCHVISION);
  }

  @Test
  void whatIsSetWins() {
    assertThat(described.preprocessing(Optional.of(Preprocessing.MEGVII), OptionalInt.of(128)))
        .isEqualTo(Preprocessing.MEGVII.atSize(128));
  }
}
