package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SampleOrderTest {
  private static final int IMAGES = 50;
  private static final int EPOCHS = 6;
  private static final int MANY_EPOCHS = 2000;

  /** Five deviations of a count of 80, or of 400. */
  private static final Offset<Integer> CHANCE_IN_80 = within(45);

  private static final Offset<Integer> CHANCE_IN_400 = within(90);

  @Test
  void everyEpochHasEveryImageOnce() {
    SampleOrder order = new SampleOrder(IMAGES, 1);

    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertThat(epoch(order, epoch)).hasSize(IMAGES).doesNotHaveDuplicates();
    }
  }

  @Test
  void epochsDiffer() {
    SampleOrder order = new SampleOrder(IMAGES, 1);

    assertThat(epoch(order, 0)).isNotEqualTo(epoch(order, 1)).isNotEqualTo(epoch(order, 2));
  }

  @Test
  void seedsDiffer() {
    assertThat(samples(new SampleOrder(IMAGES, 1)))
        .isNotEqualTo(samples(new SampleOrder(IMAGES, 2)));
  }

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(samples(new SampleOrder(IMAGES, 7))).isEqualTo(samples(new SampleOrder(IMAGES, 7)));
  }

  @Test
  void isTheSameAskedBackwards() {
    int[] forwards = samples(new SampleOrder(IMAGES, 1));
    SampleOrder order = new SampleOrder(IMAGES, 1);
    int[] backwards = new int[forwards.length];

    for (int sample = forwards.length - 1; sample >= 0; sample--) {
      backwards[sample] = order.image(sample);
    }

    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void isTheSameAskedByManyThreadsFarApart() {
    int[] expected = samples(new SampleOrder(IMAGES, 1));
    SampleOrder order = new SampleOrder(IMAGES, 1);

    int[] actual =
        IntStream.range(0, expected.length)
            .parallel()
            .map(index -> order.image(scattered(index, expected.length)))
            .toArray();

    for (int index = 0; index < actual.length; index++) {
      assertThat(actual[index]).isEqualTo(expected[scattered(index, expected.length)]);
    }
  }

  /** Neighbouring indices are epochs apart. */
  private static int scattered(int index, int length) {
    return index * 7 * IMAGES % (length - 1);
  }

  @Test
  void aBatchAcrossTheEndOfAnEpochGoesOnWithTheNext() {
    SampleOrder order = new SampleOrder(10, 1);
    int[] first = epoch(order, 0, 10);
    int[] second = epoch(order, 1, 10);

    int[] batch = IntStream.range(7, 13).map(order::image).toArray();

    assertThat(batch)
        .containsExactly(first[7], first[8], first[9], second[0], second[1], second[2]);
  }

  @Test
  void countsBeyondTheRangeOfAnInt() {
    SampleOrder order = new SampleOrder(3, 1);
    long first = 3L << 40;

    assertThat(List.of(order.image(first), order.image(first + 1), order.image(first + 2)))
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void aSetOfOneImageRepeatsIt() {
    assertThat(new SampleOrder(1, 1).image(123)).isZero();
  }

  @Test
  void everyImageIsEquallyOftenFirst() {
    SampleOrder order = new SampleOrder(5, 1);
    int[] counts = new int[5];

    for (int epoch = 0; epoch < MANY_EPOCHS; epoch++) {
      counts[order.image(5L * epoch)]++;
    }

    assertThat(boxed(counts)).allSatisfy(count -> assertThat(count).isCloseTo(400, CHANCE_IN_400));
  }

  @Test
  void anEpochTellsNothingOfTheNext() {
    SampleOrder order = new SampleOrder(5, 1);
    int[] counts = new int[25];

    for (int epoch = 0; epoch < MANY_EPOCHS; epoch++) {
      int here = order.image(5L * epoch + 1);
      int there = order.image(5L * epoch + 5);
      counts[5 * here + there]++;
    }

    assertThat(boxed(counts)).allSatisfy(count -> assertThat(count).isCloseTo(80, CHANCE_IN_80));
  }

  @Test
  void aSamplesRandomNumbersStartAnewWhenAskedForAgain() {
    SampleOrder order = new SampleOrder(IMAGES, 1);

    assertThat(order.random(3).longs(10).toArray()).isEqualTo(order.random(3).longs(10).toArray());
  }

  @Test
  void noTwoSamplesShareRandomNumbers() {
    SampleOrder order = new SampleOrder(IMAGES, 1);

    long[] numbers =
        LongStream.range(0, 200).flatMap(sample -> order.random(sample).longs(20)).toArray();

    assertThat(numbers).doesNotHaveDuplicates();
  }

  @Test
  void randomNumbersDependOnTheSeed() {
    assertThat(new SampleOrder(IMAGES, 1).random(3).nextLong())
        .isNotEqualTo(new SampleOrder(IMAGES, 2).random(3).nextLong());
  }

  private static List<Integer> boxed(int[] counts) {
    return IntStream.of(counts).boxed().toList();
  }

  private static int[] samples(SampleOrder order) {
    return IntStream.range(0, EPOCHS * IMAGES).map(order::image).toArray();
  }

  private static int[] epoch(SampleOrder order, int number) {
    return epoch(order, number, IMAGES);
  }

  private static int[] epoch(SampleOrder order, int number, int images) {
    return IntStream.range(number * images, (number + 1) * images).map(order::image).toArray();
  }
}
