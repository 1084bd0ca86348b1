package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

final class StageTest {
  static final List<Architecture> VARIANTS = Architecture.ALL;

  /** Normalised convolutions of a unit, with five tensors besides their weight. */
  private static final int TENSORS_OF_A_UNIT = 3 * 6;

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void aStageBeginsWhereTheMapIsHalved(Architecture architecture) {
    int unitNumber = 0;
    int stage = 0;
    for (Unit unit : architecture.units()) {
      stage += unit.stride() - 1;
      Stage expected = List.of(Stage.values()).get(stage);

      for (String tensor : tensorsOfUnit(architecture, unitNumber)) {
        assertThat(Stage.of(tensor)).as(tensor).isEqualTo(expected);
      }
      unitNumber++;
    }
    assertThat(stage).isEqualTo(3);
  }

  private static List<String> tensorsOfUnit(Architecture architecture, int number) {
    List<String> tensors = new ArrayList<>(architecture.stateDict(10).keySet());
    tensors.removeIf(tensor -> !tensor.startsWith("features." + number + "."));
    assertThat(tensors).hasSize(TENSORS_OF_A_UNIT);
    return tensors;
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void everyTensorIsOfOneStage(Architecture architecture) {
    Map<Stage, Integer> counts = new TreeMap<>();

    for (String tensor : architecture.stateDict(10).keySet()) {
      counts.merge(Stage.of(tensor), 1, Integer::sum);
    }

    assertThat(counts)
        .containsExactly(
            Map.entry(Stage.STEM, 6),
            Map.entry(Stage.STAGE2, 4 * TENSORS_OF_A_UNIT),
            Map.entry(Stage.STAGE3, 8 * TENSORS_OF_A_UNIT),
            Map.entry(Stage.STAGE4, 4 * TENSORS_OF_A_UNIT),
            Map.entry(Stage.CLASSIFIER, 1));
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void stagesFollowOneAnotherInTheStateDict(Architecture architecture) {
    assertThat(architecture.stateDict(10).keySet().stream().map(Stage::of)).isSorted();
  }

  @Test
  void hasTheLabelsOfTheConfiguration() {
    assertThat(Arrays.stream(Stage.values()).map(Stage::label))
        .containsExactly("stem", "stage2", "stage3", "stage4", "classifier");
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(Stage stage) {
    assertThat(Stage.named(stage.label())).isEqualTo(stage);
  }

  @Test
  void refusesAnotherLabel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stage.named("STAGE2"))
        .withMessage(
            "Cannot use train.freeze-before = STAGE2: it is one of stem, stage2, stage3, stage4,"
                + " classifier");
  }
}
