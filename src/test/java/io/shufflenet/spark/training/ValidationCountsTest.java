package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ValidationCountsTest {
  private static final int CLASSES = 7;
  private static final float[] FALLING = {6, 5, 4, 3, 2, 1, 0};

  @Test
  void theLargestLogitIsRight() {
    assertThat(validation(FALLING, 0).top1()).isEqualTo(1);
    assertThat(validation(FALLING, 1).top1()).isZero();
  }

  @Test
  void theFifthIsAmongTheFiveBestAndTheSixthIsNot() {
    assertThat(validation(FALLING, 4).top5()).isEqualTo(1);
    assertThat(validation(FALLING, 5).top5()).isZero();
  }

  @Test
  void ofEqualLogitsTheFirstIsTheBest() {
    float[] equal = new float[CLASSES];

    assertThat(validation(equal, 0).top1()).isEqualTo(1);
    assertThat(validation(equal, 1).top1()).isZero();
    assertThat(validation(equal, 4).top5()).isEqualTo(1);
    assertThat(validation(equal, 5).top5()).isZero();
  }

  @Test
  void aNaNIsNeverRight() {
    float[] logits = new float[CLASSES];
    logits[0] = Float.NaN;

    Validation validation = validation(logits, 0);

    assertThat(validation.top1()).isZero();
    assertThat(validation.top5()).isZero();
    assertThat(validation.nll()).isNaN();
  }

  @Test
  void fiveClassesHaveNoFiveBest() {
    ValidationCounts five = new ValidationCounts(5);
    five.add(new float[] {1, 2, 3, 4, 5}, new int[] {4});

    assertThat(five.validation()).isEqualTo(new Validation(1, 1, null, five.validation().nll()));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] logits = {3e38f, 0, -3e38f, 0, 0, 0, 0};

    assertThat(validation(logits, 0).nll()).isZero();
    assertThat(validation(logits, 1).nll()).isEqualTo(3e38f);
    assertThat(validation(logits, 2).nll()).isEqualTo(2.0 * 3e38f);
  }

  @Test
  void aConfidentMistakeIsMeasuredWhereTheProbabilityUnderflows() {
    float[] logits = {1000, 0, 0, 0, 0, 0, 0};

    assertThat(validation(logits, 1).nll()).isEqualTo(1000);
  }

  @Test
  void sumsOverBatchesOfAnySize() {
    Random random = new Random(1);
    int images = 200;
    float[] logits = new float[images * CLASSES];
    for (int index = 0; index < logits.length; index++) {
      logits[index] = random.nextInt(9) / 2f; // many ties
    }
    int[] labels = random.ints(images, 0, CLASSES).toArray();
    ValidationCounts counts = new ValidationCounts(CLASSES);

    for (int first = 0; first < images; first += 64) {
      int end = Math.min(first + 64, images);
      counts.add(
          Arrays.copyOfRange(logits, first * CLASSES, end * CLASSES),
          Arrays.copyOfRange(labels, first, end));
    }

    Validation validation = counts.validation();
    assertThat(validation.images()).isEqualTo(images);
    assertThat(validation.top1()).isEqualTo(shareAmongBest(1, logits, labels));
    assertThat(validation.top5()).isEqualTo(shareAmongBest(5, logits, labels));
    assertThat(validation.nll()).isCloseTo(meanLoss(logits, labels), within(1e-9));
  }

  private static Validation validation(float[] logits, int label) {
    ValidationCounts counts = new ValidationCounts(CLASSES);
    counts.add(logits, new int[] {label});
    return counts.validation();
  }

  private static double shareAmongBest(int best, float[] logits, int[] labels) {
    return IntStream.range(0, labels.length)
        .mapToDouble(image -> ranking(logits, image).indexOf(labels[image]) < best ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** Classes from the best to the worst; sorting is stable. */
  private static List<Integer> ranking(float[] logits, int image) {
    Comparator<Integer> byLogit = Comparator.comparing(label -> -logits[image * CLASSES + label]);
    return IntStream.range(0, CLASSES).boxed().sorted(byLogit).toList();
  }

  private static double meanLoss(float[] logits, int[] labels) {
    return IntStream.range(0, labels.length)
        .mapToDouble(image -> -Math.log(probability(logits, image, labels[image])))
        .average()
        .orElseThrow();
  }

  private static double probability(float[] logits, int image, int label) {
    double sum =
        IntStream.range(0, CLASSES)
            .mapToDouble(index -> Math.exp(logits[image * CLASSES + index]))
            .sum();
    return Math.exp(logits[image * CLASSES + label]) / sum;
  }
}
