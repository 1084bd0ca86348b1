package io.shufflenet.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
  /** Half of the spacing of float16 numbers between 1 and 2, the largest running variances. */
  private static final float HALF_PRECISION = 0x1p-11f;

  @ParameterizedTest
  @CsvSource({
    GoldenFiles.ZIP + ", 0.5x-g3",
    GoldenFiles.LEGACY + ", 0.5x-g3",
    GoldenFiles.BARE + ", 0.5x-g3",
    GoldenFiles.EXTRA + ", 0.5x-g8"
  })
  void readsNamesShapesAndValuesInTheOrderOfTheReference(String file, String variant)
      throws IOException {
    Checkpoint checkpoint = Checkpoint.read(GoldenFiles.bytes(file), file);

    assertThat(checkpoint.tensors()).containsExactlyEntriesOf(GoldenFiles.tensors(variant));
  }

  @Test
  void readsHalfPrecision() throws IOException {
    Map<String, Tensor> expected = GoldenFiles.tensors("0.5x-g3");

    Checkpoint checkpoint = Checkpoint.read(GoldenFiles.bytes(GoldenFiles.HALF), "half");

    assertThat(checkpoint.tensors().keySet()).containsExactlyElementsOf(expected.keySet());
    checkpoint.tensors().forEach((name, tensor) -> assertHalf(tensor, expected.get(name)));
  }

  @Test
  void givesAMapThatCannotBeChanged() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(GoldenFiles.bytes(GoldenFiles.BARE), "bare");

    assertThatThrownBy(() -> checkpoint.tensors().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void assertHalf(Tensor tensor, Tensor expected) {
    assertThat(tensor.shape()).isEqualTo(expected.shape());
    if (expected.type() == Tensor.Type.INT64) {
      assertThat(tensor).isEqualTo(expected);
      return;
    }
    assertThat(tensor.type()).isEqualTo(Tensor.Type.FLOAT16);
    float[] values = tensor.toFloats();
    float[] exact = expected.toFloats();
    for (int index = 0; index < exact.length; index++) {
      assertThat(values[index]).isCloseTo(exact[index], within(HALF_PRECISION));
    }
  }
}
