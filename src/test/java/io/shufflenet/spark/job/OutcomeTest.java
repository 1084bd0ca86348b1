package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  @Test
  void theAllowedShareIsStillAllowed() {
    assertThat(Outcome.of(200, 2, 0.01).exitCode()).isZero();
  }

  @Test
  void aShareThatABinaryFractionCannotHoldIsAllowedToo() {
    assertThat(Outcome.of(100, 29, 0.29).exitCode()).isZero();
  }

  @Test
  void oneMoreIsTooMany() {
    assertThat(Outcome.of(200, 3, 0.01))
        .isEqualTo(
            new Outcome(
                4,
                List.of(
                    "3 of 200 images failed (1.50 %), more than max-failure-rate = 0.01 allows;"
                        + " the results are complete all the same")));
  }
}
