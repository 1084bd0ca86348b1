package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private static final List<String> SIX = List.of("a", "b", "c", "d", "e", "f");

  @Test
  void accuracyRunsOverImagesWithLabelAndPrediction() {
    Summary summary = Evaluation.of(sixClasses(), SIX).summary();

    assertThat(summary.top1()).isEqualTo(Accuracy.of(6, 10));
    assertThat(summary.top5()).isEqualTo(Accuracy.of(9, 10));
  }

  @Test
  void accuracyOverAllCountsFailedLabelledImagesAsMisses() {
    Summary summary = Evaluation.of(sixClasses(), SIX).summary();

    // the 3 failed images without a label do not count
    assertThat(summary.top1All()).isEqualTo(Accuracy.of(6, 12));
    assertThat(summary.top5All()).isEqualTo(Accuracy.of(9, 12));
  }

  @Test
  void confusionNamesItsClasses() {
    assertThat(Evaluation.of(sixClasses(), SIX).confusion())
        .containsExactly(
            new ConfusionCell(0, "a", 0, "a", 6), new ConfusionCell(0, "a", 5, "f", 4));
  }

  @Test
  void amongFiveClassesThereIsNoTop5() {
    Counts counts = new CountsBuilder(5).evaluated(new Cell(0, 0, 6, 6)).failed(1, 1).build();

    Summary summary = Evaluation.of(counts, SIX.subList(0, 5)).summary();

    assertThat(summary.top5()).isNull();
    assertThat(summary.top5All()).isNull();
    assertThat(summary.top1()).isEqualTo(Accuracy.of(6, 6));
  }

  @Test
  void aSingleClassIsAlwaysRight() {
    Counts counts =
        new CountsBuilder(1)
            .evaluated(new Cell(0, 0, 30, 30))
            .bin(1499, new BinCounts(30, 30, decimal("30"), decimal("0"), decimal("0")))
            .build();

    Evaluation evaluation = Evaluation.of(counts, List.of("only"));

    assertThat(evaluation.summary().top1()).isEqualTo(Accuracy.of(30, 30));
    assertThat(evaluation.summary().macro()).isEqualTo(new Averages(1, 1, 1));
    assertThat(evaluation.summary().undefinedClasses()).isZero();
    assertThat(evaluation.summary().ece()).isZero();
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void withoutLabelsNothingIsMeasured() {
    Counts counts = new CountsBuilder(6).unlabelled(5).unlabelledFailed(1).build();

    Evaluation evaluation = Evaluation.of(counts, SIX);

    assertThat(evaluation.summary())
        .isEqualTo(
            new Summary(
                new ImageCounts(6, 0, 6, 1, 0, 0, 0L),
                6,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    assertThat(evaluation.perClass()).hasSize(6);
    assertThat(evaluation.confusion()).isEmpty();
  }

  @Test
  void whereEveryImageFailedOnlyTheAccuracyOverAllIsKnown() {
    Summary summary = Evaluation.of(new CountsBuilder(6).failed(2, 8).build(), SIX).summary();

    assertThat(summary.top1()).isNull();
    assertThat(summary.nll()).isNull();
    assertThat(summary.macro()).isNull();
    assertThat(summary.top1All()).isEqualTo(Accuracy.of(0, 8));
  }

  @Test
  void aThousandClassesMayFillTheWholeMatrix() {
    CountsBuilder counts = new CountsBuilder(1000);
    for (int cell = 0; cell < 1_000_000; cell++) {
      counts.evaluated(new Cell(cell / 1000, cell % 1000, 3, 1));
    }
    List<String> names = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();

    Evaluation evaluation = Evaluation.of(counts.build(), names);

    assertThat(evaluation.confusion()).hasSize(1_000_000);
    assertThat(evaluation.summary().top1()).isEqualTo(Accuracy.of(3_000, 3_000_000));
    assertThat(evaluation.perClass()).allMatch(one -> one.support() == 3000);
    assertThat(evaluation.findings()).isEmpty();
  }

  /** 10 evaluated images of class a: 6 right, 3 more among the best five. */
  private static Counts sixClasses() {
    return new CountsBuilder(6)
        .evaluated(new Cell(0, 0, 6, 6))
        .evaluated(new Cell(0, 5, 4, 3))
        .failed(1, 2)
        .unlabelledFailed(3)
        .build();
  }

  private static BigDecimal decimal(String number) {
    return new BigDecimal(number);
  }
}
