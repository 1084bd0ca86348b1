package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.model.torchscript.Script;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What libtorch makes of archives. */
class ScriptModuleIT {
  private static final String CODE =
      """
      class Net(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def __getstate__(self: __torch__.Net) -> Tuple[bool]:
          return (self.training,)
        def __setstate__(self: __torch__.Net,
          state: Tuple[bool]) -> NoneType:
          training, = state
          self.training = training
          return None
        def forward(self: __torch__.Net,
          x: Tensor) -> %s:
          return %s
      """;

  private static final double[] COUNTING =
      IntStream.range(0, 2 * 3 * 4 * 5).asDoubleStream().toArray();

  private final NDManager manager = Inputs.cpu();

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16", "BFLOAT16"})
  void aConstantMapHasItsNumbersAtTheirPlaces(Tensor.Type type) {
    Tensor constant = Tensor.rounded(type, COUNTING, 2, 3, 4, 5);
    Script script = script("Tensor", "torch.contiguous(torch.to(CONSTANTS.c0, 6))", constant);

    NDArray value = forward(script);

    assertThat(value.getShape()).isEqualTo(new Shape(2, 3, 4, 5));
    assertThat(value.toFloatArray()).containsExactly(constant.toFloats());
  }

  @Test
  void aConstantMapIsChannelsLast() {
    Tensor constant = Tensor.rounded(Tensor.Type.FLOAT32, COUNTING, 2, 3, 4, 5);
    Script script =
        script(
            "Tensor",
            "torch.tensor([torch.is_contiguous(CONSTANTS.c0, memory_format=2)], dtype=6)",
            constant);

    assertThat(forward(script).toFloatArray()).containsExactly(1);
  }

  @Test
  void refusesWhatIsNoArchive() {
    byte[] file = "no archive".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> ScriptModule.load(file, manager))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("failed reading zip archive");
  }

  @Test
  void refusesAModuleOfManyResults() {
    Script script = script("Tuple[Tensor, Tensor]", "(x, x)");

    assertThatThrownBy(() -> forward(script))
        .isInstanceOf(EngineException.class)
        .hasMessage("the module gives 2 tensors, not one");
  }

  private NDArray forward(Script script) {
    return ScriptModule.load(script.archive(), manager)
        .forward(manager, manager.create(new float[] {1}));
  }

  private static Script script(String type, String result, Tensor... constants) {
    return new Script(CODE.formatted(type, result), List.of(constants));
  }
}
