package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FindingsTest {
  private static final int CLASSES = 12;
  private static final int IMAGES = 20;
  private static final double GOOD = 0.8;
  private static final double POOR = 0.1;

  /** Where class i stands among 0..11 sorted as text: 0, 1, 10, 11, 2, ... */
  private static final int[] SORTED_AS_TEXT = {0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void aGoodModelUnderRotatedNamesIsFound() {
    assertThat(kinds(model(GOOD, label -> (label + 5) % CLASSES, IMAGES)))
        .containsExactly(Finding.Kind.PERMUTED_CLASSES);
  }

  @Test
  void indicesThatWereSortedAsTextAreFound() {
    assertThat(kinds(model(GOOD, label -> SORTED_AS_TEXT[label], IMAGES)))
        .containsExactly(Finding.Kind.PERMUTED_CLASSES);
  }

  @Test
  void theFindingNamesTheClassesThatAreMostTakenForAnother() {
    Counts counts =
        new CountsBuilder(3)
            .evaluated(new Cell(0, 1, 18, 18))
            .evaluated(new Cell(0, 0, 2, 2))
            .evaluated(new Cell(1, 2, 20, 20))
            .evaluated(new Cell(2, 0, 19, 19))
            .evaluated(new Cell(2, 1, 1, 1))
            .build();

    List<Finding> findings = Evaluation.of(counts, List.of("cat", "dog", "fox")).findings();

    // 2 of 60 are right, 18 + 20 + 19 = 57 would be
    assertThat(findings)
        .containsExactly(
            new Finding(
                Finding.Kind.PERMUTED_CLASSES,
                "3.3 % of the images are right, but up to 95.0 % would be if the classes were"
                    + " renamed: the order of the class names probably differs from the model's."
                    + " Predicted are 'dog' as 'fox' (20 of 20), 'fox' as 'cat' (19 of 20), 'cat'"
                    + " as 'dog' (18 of 20)."));
  }

  @Test
  void aGoodModelIsFine() {
    assertThat(kinds(model(GOOD, label -> label, IMAGES))).isEmpty();
  }

  @Test
  void aPoorModelIsFine() {
    assertThat(kinds(model(POOR, label -> label, IMAGES))).isEmpty();
  }

  @Test
  void guessingIsNotAPermutation() {
    for (int classes = 2; classes <= 20; classes++) {
      assertThat(kinds(guesses(classes, 30))).as("%d classes", classes).isEmpty();
    }
  }

  @Test
  void twoClassesThatAreSwappedAreNotAPermutation() {
    assertThat(kinds(model(GOOD, label -> label < 2 ? 1 - label : label, IMAGES))).isEmpty();
  }

  @Test
  void theOnlyTwoClassesSwappedAreAPermutation() {
    Counts counts =
        new CountsBuilder(2)
            .evaluated(new Cell(0, 0, 3, 3))
            .evaluated(new Cell(0, 1, 27, 27))
            .evaluated(new Cell(1, 0, 30, 30))
            .build();

    assertThat(kinds(counts)).containsExactly(Finding.Kind.PERMUTED_CLASSES);
  }

  @Test
  void anUntrainedModelThatSaysTheSameOfEveryImageIsFoundAsSuch() {
    Counts counts = model(1, label -> 4, IMAGES);

    List<Finding> findings = Evaluation.of(counts, names(CLASSES)).findings();

    assertThat(findings)
        .containsExactly(
            new Finding(
                Finding.Kind.CONSTANT_PREDICTION,
                "240 of 240 images are predicted as '4', which labels 20 of them: the model hardly"
                    + " looks at the image. Is it trained, and is it given the preprocessing it was"
                    + " trained with?"));
  }

  @Test
  void imagesOfOneClassThatAreAllRightAreFine() {
    assertThat(kinds(new CountsBuilder(CLASSES).evaluated(new Cell(3, 3, 50, 50)).build()))
        .isEmpty();
  }

  @Test
  void aFewImagesTellNothing() {
    assertThat(kinds(model(1, label -> (label + 1) % CLASSES, 4))).isEmpty();
    assertThat(kinds(model(1, label -> 4, 1))).isEmpty();
  }

  @Test
  void aSubsetOfTheModelsClassesUnderOtherNamesIsFound() {
    CountsBuilder counts = new CountsBuilder(1000);
    for (int label = 0; label < 10; label++) {
      counts.evaluated(new Cell(label, 990 - 7 * label, 8, 8));
      counts.evaluated(new Cell(label, label, 2, 2));
    }

    assertThat(kinds(counts.build())).containsExactly(Finding.Kind.PERMUTED_CLASSES);
  }

  /** A model that sees an image's class with the given probability, and else guesses. */
  private static Counts model(double skill, IntUnaryOperator named, int imagesPerClass) {
    Random random = new Random(7);
    CountsBuilder counts = new CountsBuilder(CLASSES);
    for (int image = 0; image < CLASSES * imagesPerClass; image++) {
      int label = image % CLASSES;
      boolean seen = random.nextDouble() < skill;
      int predicted = seen ? named.applyAsInt(label) : random.nextInt(CLASSES);
      counts.evaluated(new Cell(label, predicted, 1, 1));
    }
    return counts.build();
  }

  private static Counts guesses(int classes, int imagesPerClass) {
    Random random = new Random(8);
    CountsBuilder counts = new CountsBuilder(classes);
    for (int image = 0; image < classes * imagesPerClass; image++) {
      counts.evaluated(new Cell(image % classes, random.nextInt(classes), 1, 1));
    }
    return counts.build();
  }

  private static List<Finding.Kind> kinds(Counts counts) {
    return Evaluation.of(counts, names(counts.classes())).findings().stream()
        .map(Finding::kind)
        .toList();
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }
}
