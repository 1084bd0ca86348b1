package io.shufflenet.spark.model.torchscript;

import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Convolution;

/** By PyTorch's public operations alone: for any libtorch, any device. */
public final class PortableEmitter extends Emitter {
  private PortableEmitter(Graph graph, Precision precision, int inputSize) {
    super(graph, precision, inputSize);
  }

  /**
   * @param inputSize side in pixels of the square input
   */
  public static Script emit(Graph graph, Precision precision, int inputSize) {
    return new PortableEmitter(graph, precision, inputSize).script();
  }

  @Override
  String convolution(Node node, Convolution convolution) {
    String result =
        text()
            .assign(
                "torch.conv2d(%s, %s, %s, %s, %s, [1, 1], %s)",
                input(node, 0),
                constant(convolution.weight()),
                convolution.hasBias() ? constant(convolution.bias()) : "None",
                ScriptText.list(convolution.stride()),
                ScriptText.list(convolution.padding()),
                convolution.groups());
    if (node.inputs().size() > 1) {
      text().run("torch.add_(%s, %s)", result, input(node, 1));
    }
    if (convolution.activation() == Activation.RELU) {
      text().run("torch.relu_(%s)", result);
    }
    return result;
  }
}
