package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  @ParameterizedTest
  @CsvSource({
    "0.5x, 3, 717324, 37589856",
    "0.5x, 8, 1010448, 40469760",
    "1.0x, 3, 1864728, 137460672",
    "1.0x, 8, 2433768, 138365952",
    "1.5x, 3, 3441168, 292443552",
    "1.5x, 8, 4268952, 290188800",
    "2.0x, 3, 5449776, 524045184",
    "2.0x, 8, 6521232, 521942016"
  })
  void countsWhatMegviisVariantsCount(String width, int group, long parameters, long multiplyAdds) {
    Architecture architecture = new Architecture(group, width);

    assertThat(architecture.parameters(1000)).isEqualTo(parameters);
    assertThat(architecture.multiplyAdds(1000, 224)).isEqualTo(multiplyAdds);
  }

  @Test
  void countsTheMultiplyAddsOfConvolutionsByTheImagesArea() {
    Architecture architecture = new Architecture(3, "0.5x");

    assertThat(architecture.multiplyAdds(10, 448))
        .isEqualTo(4 * (architecture.multiplyAdds(10, 224) - 4800) + 4800);
  }

  @Test
  void countsNoMultiplyAddsForASizeThatTheNetworkDoesNotTake() {
    assertThatThrownBy(() -> new Architecture(3, "0.5x").multiplyAdds(10, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use image.input-size = 100");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenStateDicts")
  void namesTheTensorsOfAPyTorchStateDictInItsOrder(
      Architecture architecture, Map<String, List<Integer>> expected) {
    assertThat(List.copyOf(architecture.stateDict(1000).entrySet()))
        .isEqualTo(List.copyOf(expected.entrySet()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenStateDicts")
  void recognisesAVariantByItsTensorsWhateverTheClasses(
      Architecture architecture, Map<String, List<Integer>> shapes) {
    assertThat(Architecture.nearest(shapes)).isEqualTo(architecture);
  }

  @Test
  void knowsEightVariantsInTheOrderOfWidthAndGroup() {
    assertThat(Architecture.ALL)
        .extracting(Architecture::name)
        .containsExactly(
            "shufflenetv1-0.5x-g3",
            "shufflenetv1-0.5x-g8",
            "shufflenetv1-1.0x-g3",
            "shufflenetv1-1.0x-g8",
            "shufflenetv1-1.5x-g3",
            "shufflenetv1-1.5x-g8",
            "shufflenetv1-2.0x-g3",
            "shufflenetv1-2.0x-g8");
  }

  @Test
  void refusesAVariantThatMegviiDidNotPublish() {
    assertThatThrownBy(() -> new Architecture(4, "1.0x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot build ShuffleNetV1 of group 4 and width 1.0x:"
                + " the groups are 3 and 8, the widths 0.5x, 1.0x, 1.5x and 2.0x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5x-g8", "shufflenetv1-1.5x-g8"})
  void isFoundByItsNameWithOrWithoutTheFamily(String name) {
    assertThat(Architecture.named(name)).isEqualTo(new Architecture(8, "1.5x"));
  }

  @Test
  void listsTheVariantsToWhoeverNamesNone() {
    assertThatThrownBy(() -> Architecture.named("1.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot use model.architecture = 1.5:"
                + " it is one of shufflenetv1-0.5x-g3, shufflenetv1-0.5x-g8, ");
  }

  static Stream<Arguments> goldenStateDicts() {
    Map<String, JsonElement> variants =
        Golden.json("state-dict-keys.json").getAsJsonObject().asMap();
    return Architecture.ALL.stream()
        .map(
            architecture -> {
              String name = architecture.width() + "-g" + architecture.group();
              return Arguments.of(architecture, shapes(variants.get(name).getAsJsonArray()));
            });
  }

  private static Map<String, List<Integer>> shapes(JsonArray tensors) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (JsonElement tensor : tensors) {
      List<Integer> shape = new ArrayList<>();
      tensor.getAsJsonArray().get(1).getAsJsonArray().forEach(size -> shape.add(size.getAsInt()));
      shapes.put(tensor.getAsJsonArray().get(0).getAsString(), shape);
    }
    return shapes;
  }
}
