package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommonClassesTest {
  @Test
  void namesInAnotherOrderAreTheSameClasses() {
    CommonClasses classes = common(List.of("cat", "dog", "owl"), List.of("owl", "cat", "dog"));

    assertThat(classes)
        .isEqualTo(
            new CommonClasses(
                List.of("cat", "dog", "owl"), List.of(2, 0, 1), List.of(), List.of()));
  }

  @Test
  void whatOnlyOneHasIsKept() {
    CommonClasses classes = common(List.of("cat", "dog"), List.of("yak", "dog", "eel"));

    assertThat(classes)
        .isEqualTo(
            new CommonClasses(
                List.of("cat", "dog", "yak", "eel"),
                List.of(2, 1, 3),
                List.of("cat"),
                List.of("yak", "eel")));
  }

  @Test
  void withoutNamesTheIndexDecides() {
    CommonClasses classes = common(List.of("0", "1"), List.of("cat", "dog"));

    assertThat(classes)
        .isEqualTo(new CommonClasses(List.of("cat", "dog"), List.of(0, 1), List.of(), List.of()));
  }

  @Test
  void theSameNamesTwiceAreNoMatterWhereBothRunsHaveThemAlike() {
    assertThat(common(List.of("crane", "crane"), List.of("crane", "crane")).ofB())
        .containsExactly(0, 1);
  }

  @Test
  void whatCannotBeToldApartIsRefused() {
    assertThatThrownBy(() -> common(List.of("crane", "crane"), List.of("crane", "dog")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare /a by class names: two of its classes are called 'crane'");
    assertThatThrownBy(() -> common(List.of("cat", "dog"), List.of("0", "1", "2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot compare /b with /a: they have 3 and 2 classes, and no names on both sides to"
                + " tell which are the same");
    assertThatThrownBy(() -> common(List.of("cat", "dog"), List.of("rose", "oak")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot compare /b with /a: they have no class name in common. The first of each are"
                + " 'rose' and 'cat'");
  }

  private static CommonClasses common(List<String> a, List<String> b) {
    return CommonClasses.of(new RunPredictions("/a", null, a), new RunPredictions("/b", null, b));
  }
}
