package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Worked out by hand on this table (rows are labels, columns predictions), in which {@code fox} has
 * no images, {@code owl} is never predicted, {@code yak} has neither:
 *
 * <pre>
 *        cat dog fox owl yak
 *   cat    6   3   1   0   0
 *   dog    1   4   0   0   0
 *   owl    2   0   0   0   0
 * </pre>
 */
final class ClassTotalsTest {
  private static final double EXACT = 1e-15;
  private static final List<String> NAMES = List.of("cat", "dog", "fox", "owl", "yak");

  private final List<ClassMetrics> metrics = ClassTotals.of(table(5), NAMES).metrics();

  @Test
  void aClassHasPrecisionRecallAndF1() {
    ClassMetrics cat = metrics.get(0);

    assertThat(cat.support()).isEqualTo(6 + 3 + 1);
    assertThat(cat.predicted()).isEqualTo(6 + 1 + 2);
    assertThat(cat.correct()).isEqualTo(6);
    assertThat(cat.precision()).isEqualTo(6.0 / 9);
    assertThat(cat.recall()).isEqualTo(0.6);
    // harmonic mean of 2/3 and 3/5: 2 * 6 / (10 + 9)
    assertThat(cat.f1()).isEqualTo(12.0 / 19);
  }

  @Test
  void aClassWithoutImagesHasNoRecall() {
    ClassMetrics fox = metrics.get(2);

    assertThat(fox.recall()).isNull();
    assertThat(fox.precision()).isZero();
    assertThat(fox.f1()).isZero();
  }

  @Test
  void aClassThatIsNeverPredictedHasNoPrecision() {
    ClassMetrics owl = metrics.get(3);

    assertThat(owl.precision()).isNull();
    assertThat(owl.recall()).isZero();
    assertThat(owl.f1()).isZero();
  }

  @Test
  void aClassThatDoesNotOccurHasNoMetric() {
    assertThat(metrics.get(4))
        .isEqualTo(new ClassMetrics(4, "yak", 0, 0, 0, 0, null, null, null, null));
  }

  @Test
  void failedImagesStandBesideTheSupport() {
    assertThat(metrics.get(1).failed()).isEqualTo(2);
    assertThat(metrics.get(1).support()).isEqualTo(5);
  }

  @Test
  void amongFiveClassesThereIsNoTop5Recall() {
    assertThat(metrics).extracting(ClassMetrics::top5Recall).containsOnlyNulls();
  }

  @Test
  void amongSixClassesTop5RecallIsTheShareOfTheSupport() {
    List<String> names = IntStream.range(0, 6).mapToObj(Integer::toString).toList();

    List<ClassMetrics> six = ClassTotals.of(table(6), names).metrics();

    // cat: 6 + 2 + 0 of 10; dog: 1 + 4 of 5
    assertThat(six.get(0).top5Recall()).isEqualTo(0.8);
    assertThat(six.get(1).top5Recall()).isEqualTo(1);
    assertThat(six.get(2).top5Recall()).isNull();
  }

  @Test
  void macroAveragesRunOverTheClassesThatOccurAndCountUndefinedAsZero() {
    Averages macro = Averages.macro(metrics);

    // over cat, dog, fox, owl
    assertThat(macro.precision()).isCloseTo((6.0 / 9 + 4.0 / 7 + 0 + 0) / 4, within(EXACT));
    assertThat(macro.recall()).isCloseTo((0.6 + 0.8 + 0 + 0) / 4, within(EXACT));
    assertThat(macro.f1()).isCloseTo((12.0 / 19 + 8.0 / 12 + 0 + 0) / 4, within(EXACT));
  }

  @Test
  void weightedAveragesCountAClassByItsImages() {
    Averages weighted = Averages.weighted(metrics);

    // cat 10, dog 5, owl 2
    assertThat(weighted.precision())
        .isCloseTo((10 * 6.0 / 9 + 5 * 4.0 / 7 + 2 * 0) / 17, within(EXACT));
    assertThat(weighted.recall()).isCloseTo(10.0 / 17, within(EXACT));
    assertThat(weighted.f1()).isCloseTo((10 * 12.0 / 19 + 5 * 8.0 / 12) / 17, within(EXACT));
  }

  @Test
  void agreementIsWhatGoesBeyondChance() {
    Agreement agreement = Agreement.of(metrics);

    // recalls of cat, dog and owl; fox and yak have no images
    assertThat(agreement.balancedAccuracy()).isCloseTo((0.6 + 0.8 + 0) / 3, within(EXACT));
    // 10 of 17 agree; by chance 10 * 9 + 5 * 7 of 17 * 17 pairs
    assertThat(agreement.kappa()).isCloseTo((17 * 10 - 125) / (289.0 - 125), within(EXACT));
    assertThat(agreement.matthews())
        .isCloseTo((17 * 10 - 125) / Math.sqrt((289 - 129) * (double) (289 - 131)), within(EXACT));
  }

  @Test
  void ofOneClassAloneAgreementTellsNothing() {
    Counts one = new CountsBuilder(5).evaluated(new Cell(1, 1, 4, 4)).build();

    assertThat(Agreement.of(ClassTotals.of(one, NAMES).metrics()))
        .isEqualTo(new Agreement(1, null, 0));
  }

  @Test
  void withoutImagesThereAreNoAverages() {
    List<ClassMetrics> none =
        ClassTotals.of(new CountsBuilder(5).failed(1, 3).build(), NAMES).metrics();

    assertThat(Averages.macro(none)).isNull();
    assertThat(Averages.weighted(none)).isNull();
    assertThat(Agreement.of(none)).isNull();
  }

  private static Counts table(int classes) {
    return new CountsBuilder(classes)
        .evaluated(new Cell(0, 0, 6, 6))
        .evaluated(new Cell(0, 1, 3, 2))
        .evaluated(new Cell(0, 2, 1, 0))
        .evaluated(new Cell(1, 0, 1, 1))
        .evaluated(new Cell(1, 1, 4, 4))
        .evaluated(new Cell(3, 0, 2, 1))
        .failed(1, 2)
        .build();
  }
}
