package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.evaluation.comparison.FeatureDrift.BinPair;
import io.shufflenet.spark.results.GateResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonGatesTest {
  private static final FeatureDrift SMALL =
      FeatureDrift.of(Feature.CONFIDENCE, List.of(new BinPair("x", 5, 9), new BinPair("y", 5, 1)));
  private static final FeatureDrift LARGE =
      FeatureDrift.of(
          Feature.FAILURE, List.of(new BinPair("x", 900, 700), new BinPair("y", 100, 300)));

  @Test
  void theAllowedDropIsStillAllowed() {
    assertThat(check(paired(89, 1, 0, 10), limits(0.01, DropLimit.ANY, 0)))
        .containsExactly(
            new GateResult(
                "max-drop",
                0.01,
                0.01,
                true,
                "top-1 accuracy of B minus that of A is -0.0100 (95 % interval -0.0514 to +0.0283,"
                    + " p = 1.0000, over 100 images)"));
  }

  @Test
  void aLargerDropFails() {
    assertThat(check(paired(80, 9, 1, 10), limits(0.01, DropLimit.ANY, 0)).get(0).passed())
        .isFalse();
  }

  @Test
  void aDropThatMayBeChancePassesWhereOnlySignificantOnesCount() {
    GateResult chance = check(paired(84, 5, 1, 10), limits(0.01, DropLimit.SIGNIFICANT, 0)).get(0);
    GateResult real = check(paired(80, 9, 1, 10), limits(0.01, DropLimit.SIGNIFICANT, 0)).get(0);

    assertThat(chance.passed()).isTrue();
    assertThat(chance.message()).endsWith("p = 0.2188, over 100 images), which may be chance");
    assertThat(real.passed()).isFalse();
    assertThat(real.message()).contains("p = 0.0215").doesNotContain("chance");
  }

  @Test
  void aSignificantDropWithinTheLimitPasses() {
    assertThat(check(paired(80, 9, 1, 10), limits(0.08, DropLimit.SIGNIFICANT, 0)).get(0).passed())
        .isTrue();
  }

  @Test
  void withoutPairsTheIntervalTellsWhatIsSignificant() {
    Comparison chance = unpaired(new Difference(-0.02, -0.05, 0.01));
    Comparison real = unpaired(new Difference(-0.02, -0.03, -0.01));

    assertThat(check(chance, limits(0.01, DropLimit.SIGNIFICANT, 0)).get(0).passed()).isTrue();
    assertThat(check(real, limits(0.01, DropLimit.SIGNIFICANT, 0)).get(0))
        .isEqualTo(
            new GateResult(
                "max-drop",
                0.01,
                0.02,
                false,
                "top-1 accuracy of B minus that of A is -0.0200 (95 % interval -0.0300 to"
                    + " -0.0100)"));
  }

  @Test
  void whatCannotBeMeasuredFails() {
    assertThat(check(unpaired(null), limits(0.5, DropLimit.ANY, 0)))
        .containsExactly(
            new GateResult(
                "max-drop", 0.5, null, false, "A or B has no image with a label and a prediction"));
    FeatureDrift empty = FeatureDrift.of(Feature.MEGAPIXELS, List.of(new BinPair("x", 5, 0)));
    assertThat(check(drift(SMALL, empty), limits(1, DropLimit.ANY, 0.1)))
        .containsExactly(
            new GateResult(
                "max-psi", 0.1, null, false, "A or B has no image to measure megapixels on"));
  }

  @Test
  void driftBeyondChanceFailsAndIsNamed() {
    assertThat(SMALL.psi()).isGreaterThan(LARGE.psi());

    GateResult result = check(drift(SMALL, LARGE), limits(1, DropLimit.ANY, 0.2)).get(0);

    assertThat(result.passed()).isFalse();
    assertThat(result.message())
        .startsWith("the largest drift of B against A is failure with 0.26")
        .endsWith("(chance makes up to 0.0077)");
  }

  @Test
  void driftThatMayBeChancePasses() {
    assertThat(check(drift(SMALL), limits(1, DropLimit.ANY, 0.2)).get(0).passed()).isTrue();
  }

  @Test
  void whatIsNotAskedGivesNoResult() {
    assertThat(check(drift(LARGE), limits(1, DropLimit.ANY, 0))).isEmpty();
  }

  private static List<GateResult> check(Comparison comparison, ComparisonLimits limits) {
    return ComparisonGates.check(comparison, limits);
  }

  private static ComparisonLimits limits(double drop, DropLimit counted, double psi) {
    return new ComparisonLimits(drop, counted, psi);
  }

  private static Comparison paired(long both, long lost, long gained, long neither) {
    PairedAccuracy top1 = PairedAccuracy.of(new PairedCounts(both, lost, gained, neither));
    return comparison(
        null,
        new PairedComparison(null, null, top1, null, null, null, List.of(), List.of(), List.of()),
        new Drift(List.of()));
  }

  private static Comparison unpaired(Difference difference) {
    return comparison(difference, null, new Drift(List.of()));
  }

  private static Comparison drift(FeatureDrift... features) {
    return comparison(null, null, new Drift(List.of(features)));
  }

  private static Comparison comparison(Difference unpaired, PairedComparison paired, Drift drift) {
    Difference difference = Comparison.difference(unpaired, paired);
    return new Comparison(
        "B",
        "A",
        List.of(),
        List.of(),
        List.of(),
        Comparison.verdict(difference, paired),
        difference,
        unpaired,
        paired,
        drift);
  }
}
