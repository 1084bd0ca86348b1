package io.shufflenet.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.GateResult;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatesTest {
  private static final List<String> NAMES = List.of("cat", "dog", "owl", "yak", "fox", "elk");

  @Test
  void whatAsksNothingIsNoGate() {
    assertThat(Gates.check(evaluation(), new GateLimits(0, 0, 0, 0, 0, 1))).isEmpty();
  }

  @Test
  void anAccuracyAtTheLimitPasses() {
    assertThat(Gates.check(evaluation(), new GateLimits(0.7, 0, 0, 0, 0, 1)))
        .containsExactly(
            new GateResult(
                "min-top1",
                0.7,
                0.7,
                true,
                "top-1 accuracy is 0.7000 over 10 images (95 % interval 0.3968 to 0.8922)"));
  }

  @Test
  void anAccuracyBelowItFails() {
    assertThat(Gates.check(evaluation(), new GateLimits(0.71, 0, 0, 0, 0, 1)))
        .singleElement()
        .matches(gate -> !gate.passed());
  }

  @Test
  void failuresAreMissesWhereTheGateSaysSo() {
    assertThat(Gates.check(evaluation(), new GateLimits(0, 0.6, 0, 0, 0, 1)))
        .singleElement()
        .matches(gate -> !gate.passed())
        .extracting(GateResult::message)
        .asString()
        .startsWith("top-1 accuracy, failures as misses, is 0.5833 over 12 images");
  }

  @Test
  void everyClassWithImagesCounts() {
    assertThat(Gates.check(evaluation(), new GateLimits(0, 0, 0, 0.6, 0, 1)))
        .containsExactly(
            new GateResult(
                "min-class-recall",
                0.6,
                0.5,
                false,
                "recall of 'dog' is 0.5000 over 4 images; 1 of 2 classes are below the limit"));
  }

  @Test
  void theCalibrationErrorHasAMaximum() {
    // Ten images of the bin of 0.9: sure by 9 tenths, right in 7 of 10.
    assertThat(Gates.check(evaluation(), new GateLimits(0, 0, 0, 0, 0, 0.19)))
        .containsExactly(
            new GateResult("max-ece", 0.19, 0.2, false, "expected calibration error is 0.2000"));
    assertThat(Gates.check(evaluation(), new GateLimits(0, 0, 0, 0, 0, 0.21)))
        .singleElement()
        .matches(GateResult::passed);
  }

  @Test
  void everySliceWithImagesEnoughCounts() {
    Evaluation sliced =
        sliced(slice("camera", "a", true), slice("camera", "b", false), slice("hour", "c", true));

    assertThat(Gates.check(sliced, new GateLimits(0, 0, 0, 0, 0.75, 1)))
        .containsExactly(
            new GateResult(
                "min-slice-top1",
                0.75,
                0.7,
                false,
                "top-1 accuracy where camera is 'a' is 0.7000 over 10 images; 2 of 2 slices are"
                    + " below the limit"));
  }

  @Test
  void withoutASliceOfImagesEnoughTheGateFails() {
    assertThat(Gates.check(sliced(slice("camera", "b", false)), new GateLimits(0, 0, 0, 0, 0.1, 1)))
        .singleElement()
        .matches(gate -> !gate.passed())
        .extracting(GateResult::message)
        .isEqualTo("no slice has images enough (report.min-support)");
  }

  private static Slice slice(String column, String value, boolean supported) {
    return new Slice(column, value, supported, evaluation().summary());
  }

  private static Evaluation sliced(Slice... slices) {
    Evaluation whole = evaluation();
    return new Evaluation(
        whole.summary(),
        whole.perClass(),
        whole.confusion(),
        whole.calibration(),
        whole.coverage(),
        whole.failures(),
        List.of(slices),
        whole.findings());
  }

  @Test
  void whatCannotBeMeasuredFails() {
    Evaluation nothing = Evaluation.of(new CountsBuilder(6).unlabelled(3).build(), NAMES);

    assertThat(Gates.check(nothing, new GateLimits(0.1, 0.1, 0.1, 0.1, 0, 0.9)))
        .hasSize(5)
        .allMatch(gate -> !gate.passed() && gate.measured() == null)
        .allMatch(
            gate ->
                gate.message()
                    .equals(
                        "there is nothing to measure it on, or the predictions do not tell it"));
  }

  /** Six cats, five of them right; four dogs, two of them right; two more failed. */
  private static Evaluation evaluation() {
    Counts counts =
        new CountsBuilder(6)
            .evaluated(new Cell(0, 0, 5, 5))
            .evaluated(new Cell(0, 1, 1, 1))
            .evaluated(new Cell(1, 1, 2, 2))
            .evaluated(new Cell(1, 0, 2, 2))
            .failed(1, 2)
            .failures(List.of(new FailureGroup("read", "not-found", 2, List.of("a", "b"))))
            .bin(
                1350,
                new BinCounts(
                    10, 7, new BigDecimal("9.0"), BigDecimal.valueOf(3), BigDecimal.valueOf(1)))
            .build();
    return Evaluation.of(counts, NAMES);
  }
}
