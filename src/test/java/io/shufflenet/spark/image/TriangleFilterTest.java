package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TriangleFilterTest {
  @ParameterizedTest
  @CsvSource({"500, 341", "10000, 256", "1, 256", "256, 256", "257, 256"})
  void weightsOfAnOutputAddUpToOne(int inputs, int outputs) {
    TriangleFilter filter = new TriangleFilter(inputs, outputs, 0, outputs);

    for (int i = 0; i < outputs; i++) {
      int sum = 0;
      for (int tap = 0; tap < filter.taps(); tap++) {
        sum += filter.weights()[i * filter.taps() + tap];
      }
      assertThat(sum).isBetween((1 << 22) - filter.taps(), (1 << 22) + filter.taps());
    }
  }

  @Test
  void halvingSeesFourInputsAndWeighsTheMiddleOnesThrice() {
    TriangleFilter filter = new TriangleFilter(8, 4, 1, 1);

    assertThat(filter.first()).containsExactly(1);
    assertThat(filter.weights()).containsExactly(1 << 19, 3 << 19, 3 << 19, 1 << 19);
  }
}
