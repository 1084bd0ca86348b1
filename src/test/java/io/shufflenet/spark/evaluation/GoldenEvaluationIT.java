package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Every metric beside scikit-learn's; class 9 is never predicted, class 10 has no images, class 11
 * has neither.
 */
final class GoldenEvaluationIT {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Of means over values that were rounded to 9 decimals. */
  private static final Offset<Double> ROUNDED = within(5e-10);

  /** The label's probability is stored as a float. */
  private static final Offset<Double> FLOAT = within(1e-7);

  private final Golden golden = Golden.expected();
  private final Evaluation evaluation =
      Evaluation.of(
          Golden.predictions(LocalSpark.session()),
          IntStream.range(0, 12).mapToObj(Integer::toString).toList());
  private final Summary summary = evaluation.summary();

  @Test
  void accuracyAndIntervalsAgree() {
    assertThat(summary.top1().accuracy()).isCloseTo(golden.top1(), EXACT);
    assertThat(summary.top1().low()).isCloseTo(golden.top1_interval().get(0), EXACT);
    assertThat(summary.top1().high()).isCloseTo(golden.top1_interval().get(1), EXACT);
    assertThat(summary.top5().accuracy()).isCloseTo(golden.top5(), EXACT);
    assertThat(summary.top5().low()).isCloseTo(golden.top5_interval().get(0), EXACT);
    assertThat(summary.top5().high()).isCloseTo(golden.top5_interval().get(1), EXACT);
  }

  @Test
  void scoresAgree() {
    assertThat(summary.nll()).isCloseTo(golden.nll(), ROUNDED);
    assertThat(summary.brier()).isCloseTo(golden.brier(), FLOAT);
  }

  @Test
  void calibrationAgrees() {
    assertThat(summary.ece()).isCloseTo(golden.ece(), ROUNDED);
    assertThat(evaluation.calibration())
        .extracting(CalibrationBin::count)
        .containsExactlyElementsOf(golden.bins());
  }

  @Test
  void macroAveragesAgree() {
    assertThat(summary.macro().precision()).isCloseTo(golden.macro().get(0), EXACT);
    assertThat(summary.macro().recall()).isCloseTo(golden.macro().get(1), EXACT);
    assertThat(summary.macro().f1()).isCloseTo(golden.macro().get(2), EXACT);
    assertThat(summary.undefinedClasses()).isEqualTo(3);
  }

  @Test
  void weightedAveragesAgree() {
    assertThat(summary.weighted().precision()).isCloseTo(golden.weighted().get(0), EXACT);
    assertThat(summary.weighted().recall()).isCloseTo(golden.weighted().get(1), EXACT);
    assertThat(summary.weighted().f1()).isCloseTo(golden.weighted().get(2), EXACT);
  }

  @Test
  void agreementAgrees() {
    assertThat(summary.agreement().balancedAccuracy()).isCloseTo(golden.balanced_accuracy(), EXACT);
    assertThat(summary.agreement().kappa()).isCloseTo(golden.kappa(), EXACT);
    assertThat(summary.agreement().matthews()).isCloseTo(golden.matthews(), EXACT);
  }

  @Test
  void everyClassAgreesWhereItIsDefined() {
    for (ClassMetrics one : evaluation.perClass()) {
      int index = one.index();
      assertThat(one.support()).isEqualTo(golden.support().get(index));
      assertThat(zeroForNull(one.precision())).isCloseTo(golden.precision().get(index), EXACT);
      assertThat(zeroForNull(one.recall())).isCloseTo(golden.recall().get(index), EXACT);
      assertThat(zeroForNull(one.f1())).isCloseTo(golden.f1().get(index), EXACT);
    }
    assertThat(evaluation.perClass().get(9).precision()).isNull();
    assertThat(evaluation.perClass().get(10).recall()).isNull();
    assertThat(evaluation.perClass().get(11).f1()).isNull();
  }

  @Test
  void confusionAgreesAndLeavesEmptyCellsOut() {
    List<ConfusionCell> expected = new ArrayList<>();
    for (int label = 0; label < 12; label++) {
      for (int predicted = 0; predicted < 12; predicted++) {
        long count = golden.confusion().get(label).get(predicted);
        if (count > 0) {
          expected.add(
              new ConfusionCell(
                  label, Integer.toString(label), predicted, Integer.toString(predicted), count));
        }
      }
    }

    assertThat(evaluation.confusion()).containsExactlyElementsOf(expected);
  }

  private static double zeroForNull(Double value) {
    return value == null ? 0 : value;
  }
}
