package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

/** Messages are those of libtorch 2.7.1, some lines of code left out. */
class EngineFailureTest {
  @Test
  void findsTheErrorBehindATraceback() {
    String message =
        """
        The following operation failed in the TorchScript interpreter.
        Traceback of TorchScript (most recent call last):
          File "code/__torch__.py", line 64, in __setstate__
            training, = state
            self.training = training
            self.a0 = ops.mkldnn._reorder_convolution_weight(CONSTANTS.c1, [1, 1], [2, 4], [1, 1])
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ <--- HERE
        RuntimeError: mkldnn_reorder_conv2d_weight: bf16 path needs the cpu support avx512bw
        """;

    assertThat(reason(message))
        .isEqualTo("mkldnn_reorder_conv2d_weight: bf16 path needs the cpu support avx512bw");
  }

  @Test
  void findsAnErrorOfAnotherKind() {
    String message =
        """
        The following operation failed in the TorchScript interpreter.
        Traceback of TorchScript (most recent call last):
          File "code/__torch__.py", line 3, in forward
            return (x)[5]
                   ~~~~~ <--- HERE
        IndexError: index 5 is out of bounds for dimension 0 with size 1
        """;

    assertThat(reason(message)).isEqualTo("index 5 is out of bounds for dimension 0 with size 1");
  }

  @Test
  void takesTheOnlyLineThereIs() {
    assertThat(
            reason(
                "PytorchStreamReader failed reading zip archive: failed finding central directory"))
        .isEqualTo(
            "PytorchStreamReader failed reading zip archive: failed finding central directory");
  }

  @Test
  void takesTheFirstLineThatSaysAnything() {
    String message =
        """

        Unknown builtin op: mkldnn::_convolution_pointwise.
        Could not find any similar ops to mkldnn::_convolution_pointwise. This op may not exist.
        :
          File "code/__torch__.py", line 119
            _2 = ops.mkldnn._convolution_pointwise(_1, self.a0, CONSTANTS.c0)
                 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ <--- HERE
        """;

    assertThat(reason(message)).isEqualTo("Unknown builtin op: mkldnn::_convolution_pointwise.");
  }

  @Test
  void hasNoWordsWhereTheLibraryHasNone() {
    assertThat(EngineFailure.reason(new EngineException((String) null))).isEqualTo("null");
  }

  private static String reason(String message) {
    return EngineFailure.reason(new EngineException(message));
  }
}
