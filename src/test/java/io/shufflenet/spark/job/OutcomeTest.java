package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.GateResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  @Test
  void theAllowedShareIsStillAllowed() {
    assertThat(Outcome.of(200, 2, 0.01, List.of()).exitCode()).isZero();
  }

  @Test
  void aShareThatABinaryFractionCannotHoldIsAllowedToo() {
    assertThat(Outcome.of(100, 29, 0.29, List.of()).exitCode()).isZero();
  }

  @Test
  void oneMoreIsTooMany() {
    assertThat(Outcome.of(200, 3, 0.01, List.of()))
        .isEqualTo(
            new Outcome(
                4,
                List.of(
                    "3 of 200 images failed (1.50 %), more than max-failure-rate = 0.01 allows;"
                        + " the results are complete all the same")));
  }

  @Test
  void aFailedGateIsNamedWithWhatWasMeasured() {
    assertThat(Outcome.of(200, 2, 0.01, List.of(gate(true), gate(false))))
        .isEqualTo(new Outcome(3, List.of("gates.min-top1 = 0.7 failed: top-1 is 0.6900")));
  }

  @Test
  void tooManyFailuresOutrankAGateAndBothAreTold() {
    Outcome outcome = Outcome.of(200, 3, 0.01, List.of(gate(false)));

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.reasons()).hasSize(2).last().asString().startsWith("gates.min-top1");
  }

  @Test
  void withoutImagesOnlyGatesDecide() {
    assertThat(Outcome.of(List.of(gate(true))).exitCode()).isZero();
    assertThat(Outcome.of(List.of(gate(true), gate(false))))
        .isEqualTo(new Outcome(3, List.of("gates.min-top1 = 0.7 failed: top-1 is 0.6900")));
  }

  private static GateResult gate(boolean passed) {
    return new GateResult("min-top1", 0.7, 0.69, passed, "top-1 is 0.6900");
  }
}
