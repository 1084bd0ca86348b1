package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CountsTest {
  private static final int CLASSES = 7;

  @Test
  void mergedCountsEqualThoseOfBothSetsTogether() {
    CountsBuilder one = new CountsBuilder(CLASSES);
    CountsBuilder other = new CountsBuilder(CLASSES);
    CountsBuilder together = new CountsBuilder(CLASSES);
    Random random = new Random(1);
    for (int image = 0; image < 500; image++) {
      long seed = random.nextLong();
      addImage(together, new Random(seed));
      addImage(image % 3 == 0 ? one : other, new Random(seed));
    }

    Counts merged = one.build().merge(other.build());

    assertThat(merged).isEqualTo(together.build());
  }

  @Test
  void mergingDoesNotDependOnTheOrder() {
    CountsBuilder one = new CountsBuilder(CLASSES);
    CountsBuilder other = new CountsBuilder(CLASSES);
    Random random = new Random(2);
    for (int image = 0; image < 500; image++) {
      addImage(image % 3 == 0 ? one : other, random);
    }

    Counts merged = one.build().merge(other.build());

    assertThat(merged).isEqualTo(other.build().merge(one.build()));
  }

  @Test
  void mergingWithNothingChangesNothing() {
    CountsBuilder builder = new CountsBuilder(CLASSES);
    Random random = new Random(3);
    for (int image = 0; image < 100; image++) {
      addImage(builder, random);
    }
    Counts counts = builder.build();

    assertThat(counts.merge(new CountsBuilder(CLASSES).build())).isEqualTo(counts);
  }

  @Test
  void mergedFailuresKeepTheFirstPathsOfBoth() {
    Counts one = failures(3, "b", "x", "z");
    Counts other = failures(4, "a", "c", "d", "y");

    assertThat(one.merge(other).failures())
        .containsExactly(
            new FailureGroup("decode", "truncated", 7, List.of("a", "b", "c", "d", "x")));
  }

  @Test
  void pathsAreOrderedByCodePoint() {
    // U+1F600 is above U+FF5E, though its first UTF-16 unit, U+D83D, is below
    Counts one = failures(1, "\uD83D\uDE00");
    Counts other = failures(1, "\uFF5E");

    assertThat(one.merge(other).failures().get(0).examples())
        .containsExactly("\uFF5E", "\uD83D\uDE00");
  }

  @Test
  void theMostFrequentFailuresComeFirst() {
    Counts counts =
        new CountsBuilder(CLASSES)
            .failures(
                List.of(
                    new FailureGroup("read", "missing", 2, List.of()),
                    new FailureGroup("decode", "empty", 2, List.of()),
                    new FailureGroup("forward", "not-finite", 9, List.of())))
            .build();

    assertThat(counts.failures())
        .extracting(FailureGroup::kind)
        .containsExactly("not-finite", "empty", "missing");
  }

  @Test
  void imagesAreCountedBySort() {
    Counts counts =
        new CountsBuilder(CLASSES)
            .evaluated(new Cell(0, 1, 10, 10))
            .evaluated(new Cell(2, 2, 20, 20))
            .failed(3, 4)
            .unlabelled(5)
            .unlabelledFailed(6)
            .rotated(7)
            .build();

    // images 10 + 20 + 4 + 5 + 6; labelled 10 + 20 + 4; failed 4 + 6
    assertThat(counts.images()).isEqualTo(new ImageCounts(45, 34, 11, 10, 4, 30, 7L));
  }

  @Test
  void refusesALabelThatIsNotAClass() {
    assertThatThrownBy(() -> new CountsBuilder(CLASSES).evaluated(new Cell(7, 0, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot evaluate predictions: label_index 7 is not one of the 7 classes");
  }

  @Test
  void refusesAFailedImagesLabelThatIsNotAClass() {
    assertThatThrownBy(() -> new CountsBuilder(CLASSES).failed(-1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot evaluate predictions: label_index -1 is not one of the 7 classes");
  }

  @Test
  void refusesAPredictionThatIsNotAClass() {
    assertThatThrownBy(() -> new CountsBuilder(CLASSES).evaluated(new Cell(0, 9, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot evaluate predictions: predicted_index 9 is not one of the 7 classes");
  }

  @Test
  void refusesToMergeCountsOfOtherClasses() {
    Counts counts = new CountsBuilder(CLASSES).build();

    assertThatThrownBy(() -> counts.merge(new CountsBuilder(8).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot merge counts of 8 classes with counts of 7");
  }

  private static Counts failures(long count, String... examples) {
    return new CountsBuilder(CLASSES)
        .failures(List.of(new FailureGroup("decode", "truncated", count, List.of(examples))))
        .build();
  }

  private static void addImage(CountsBuilder counts, Random random) {
    int label = random.nextInt(CLASSES);
    int predicted = random.nextInt(CLASSES);
    counts.rotated(random.nextInt(2));
    switch (random.nextInt(6)) {
      case 0 -> counts.failed(label, 1).failures(List.of(failure(random)));
      case 1 -> counts.unlabelledFailed(1).failures(List.of(failure(random)));
      case 2 -> counts.unlabelled(1);
      default ->
          counts
              .evaluated(new Cell(label, predicted, 1, random.nextInt(2)))
              .bin(random.nextInt(Calibration.FINE_BINS), scores(random));
    }
  }

  private static FailureGroup failure(Random random) {
    String path = "image-" + random.nextInt(1000);
    return new FailureGroup("decode", "kind-" + random.nextInt(3), 1, List.of(path));
  }

  private static BinCounts scores(Random random) {
    return new BinCounts(
        1, random.nextInt(2), decimal(random, 1), decimal(random, 30), decimal(random, 2));
  }

  private static BigDecimal decimal(Random random, double bound) {
    return BinCounts.ofUnits((long) (random.nextDouble() * bound * 1e9));
  }
}
