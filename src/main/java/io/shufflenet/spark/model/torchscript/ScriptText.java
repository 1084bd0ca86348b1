package io.shufflenet.spark.model.torchscript;

import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.model.graph.Constant;
import io.shufflenet.spark.model.graph.Extent;
import java.util.ArrayList;
import java.util.List;

/** The code of the class {@code Net} as it grows, and the tensors that it names. */
final class ScriptText {
  /** What the code calls the network's input. */
  static final String INPUT = "x";

  private static final String END = "9223372036854775807";

  private final List<Tensor> constants = new ArrayList<>();
  private final List<String> loading = new ArrayList<>();
  private final List<String> forward = new ArrayList<>();
  private int attributes;
  private int values;

  /** Every {@code step}-th index of a dimension, from {@code start} on. */
  static String slice(String value, int dimension, int start, int step) {
    return "torch.slice(%s, %s, %s, %s, %s)".formatted(value, dimension, start, END, step);
  }

  static String list(Extent extent) {
    return "[%s, %s]".formatted(extent.height(), extent.width());
  }

  /** What the code calls the tensor. */
  String constant(Constant constant, Precision precision) {
    for (double value : constant.values()) {
      if (Math.abs(value) > precision.largest()) {
        throw new IllegalArgumentException(
            "Cannot write the network in %s: a weight of %s is beyond its range"
                .formatted(precision.label(), value));
      }
    }
    constants.add(Tensor.rounded(precision.tensorType(), constant.values(), constant.shape()));
    return "CONSTANTS.c" + (constants.size() - 1);
  }

  /** What the code calls a tensor that an expression gives once, when the module is loaded. */
  @SuppressWarnings("AnnotateFormatMethod")
  String whenLoaded(String format, Object... arguments) {
    String name = "self.a" + attributes;
    attributes++;
    loading.add(name + " = " + format.formatted(arguments));
    return name;
  }

  /** A statement of the forward pass; what its result is called. */
  @SuppressWarnings("AnnotateFormatMethod")
  String assign(String format, Object... arguments) {
    values++;
    String name = "_" + values;
    forward.add(name + " = " + format.formatted(arguments));
    return name;
  }

  /** A statement of the forward pass whose result is not needed. */
  @SuppressWarnings("AnnotateFormatMethod")
  void run(String format, Object... arguments) {
    String unused = assign(format, arguments);
  }

  Script script(String result) {
    StringBuilder code = new StringBuilder();
    code.append("class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n");
    code.append("  training : bool\n");
    for (int index = 0; index < attributes; index++) {
      code.append("  a").append(index).append(" : Tensor\n");
    }
    code.append("  def __getstate__(self: __torch__.Net) -> Tuple[bool]:\n");
    code.append("    return (self.training,)\n");
    code.append("  def __setstate__(self: __torch__.Net,\n    state: Tuple[bool]) -> NoneType:\n");
    code.append("    training, = state\n    self.training = training\n");
    loading.forEach(line -> code.append("    ").append(line).append('\n'));
    code.append("    return None\n");
    code.append("  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n");
    forward.forEach(line -> code.append("    ").append(line).append('\n'));
    code.append("    return ").append(result).append('\n');
    return new Script(code.toString(), List.copyOf(constants));
  }
}
