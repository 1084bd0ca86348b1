package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.evaluation.ForeignClasses.Values;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForeignClassesTest {
  private static final Optional<List<String>> NOT_GIVEN = Optional.empty();

  @Test
  void withoutNamesTheClassesAreTheDifferentValuesSorted() {
    ForeignClasses classes =
        ForeignClasses.of(NOT_GIVEN, labels("owl", "cat"), predictions("cat", "Fox"), 0);

    assertThat(classes.names()).containsExactly("Fox", "cat", "owl");
    assertThat(classes.labels().indexOf("owl")).isEqualTo(2);
    assertThat(classes.note()).startsWith("The classes are the 3 different labels and predictions");
  }

  @Test
  void integersInBothColumnsAreIndices() {
    ForeignClasses classes =
        ForeignClasses.of(NOT_GIVEN, labels("10", "2"), predictions("2", "7"), 0);

    assertThat(classes.names()).hasSize(11).endsWith("9", "10");
    assertThat(classes.predictions().indexOf("7")).isEqualTo(7);
    assertThat(classes.note()).contains("taken as class indices: 10 comes after 2");
  }

  @Test
  void thereAreAsManyIndicesAsScores() {
    assertThat(ForeignClasses.of(NOT_GIVEN, labels("1"), predictions("0"), 6).names()).hasSize(6);
  }

  @Test
  void eachColumnMayHoldNamesOrIndicesOfGivenNames() {
    ForeignClasses classes =
        ForeignClasses.of(
            Optional.of(List.of("cat", "dog")), labels("dog"), predictions("0", "1"), 0);

    assertThat(classes.labels().indexOf("dog")).isEqualTo(1);
    assertThat(classes.predictions().indexOf("1")).isEqualTo(1);
    assertThat(classes.note())
        .isEqualTo(
            "The classes are the 2 given names; labels are taken as names, predictions as"
                + " indices.");
  }

  @Test
  void namesThatAreIntegersAreNames() {
    ForeignClasses classes =
        ForeignClasses.of(Optional.of(List.of("7", "3")), labels("3"), predictions("3", "7"), 0);

    assertThat(classes.labels().indexOf("3")).isEqualTo(1);
  }

  @Test
  void namesBesideIndicesNeedTheClassNames() {
    Values indices = new Values("prediction", List.of("0"), true);

    assertThatThrownBy(() -> ForeignClasses.of(NOT_GIVEN, labels("cat"), indices, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot match labels with predictions: only the predictions are integers; give"
                + " class-names");
  }

  @Test
  void scoresOfNamesNeedTheClassNames() {
    assertThatThrownBy(() -> ForeignClasses.of(NOT_GIVEN, labels("a"), predictions("b"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("give class-names, in the scores' order");
  }

  @Test
  void aLabelThatIsNoClassIsNamed() {
    Optional<List<String>> given = Optional.of(List.of("cat", "dog"));

    assertThatThrownBy(() -> ForeignClasses.of(given, labels("cat", "Dog"), predictions("cat"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use label 'Dog': it is none of the names of the 2 classes");
  }

  @Test
  void minusOneIsNoLabel() {
    assertThatThrownBy(() -> ForeignClasses.of(NOT_GIVEN, labels("-1", "1"), predictions("1"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use label '-1': it is no index of the 2 classes (an image without a label has"
                + " null)");
  }

  @Test
  void anIndexBeyondAHundredThousandClassesIsRefused() {
    assertThatThrownBy(() -> ForeignClasses.of(NOT_GIVEN, labels("100000"), predictions("1"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class index 100,000 is beyond 100,000 classes");
  }

  private static Values labels(String... values) {
    return new Values("label", List.of(values), false);
  }

  private static Values predictions(String... values) {
    return new Values("prediction", List.of(values), false);
  }
}
