package io.shufflenet.spark.model.torchscript;

import io.shufflenet.spark.model.graph.Extent;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Convolution;

/**
 * By the operations that PyTorch keeps for its own use of oneDNN, Intel's library for CPUs: a
 * convolution with sum and activation in one, and weights in the order that its kernels read. They
 * are no public interface, and a build of libtorch may lack them or have others: whoever loads the
 * script must be ready for that.
 */
public final class OneDnnEmitter extends Emitter {
  private static final String NO_NUMBERS = "annotate(List[Optional[number]], [])";

  private final int batchSize;

  private OneDnnEmitter(Graph graph, Precision precision, int inputSize, int batchSize) {
    super(graph, precision, inputSize);
    this.batchSize = batchSize;
  }

  /**
   * @param inputSize side in pixels of the square input
   * @param batchSize number of images that weights are laid out for; any other gives the same
   */
  public static Script emit(Graph graph, Precision precision, int inputSize, int batchSize) {
    return new OneDnnEmitter(graph, precision, inputSize, batchSize).script();
  }

  @Override
  String convolution(Node node, Convolution convolution) {
    String bias = convolution.hasBias() ? constant(convolution.bias()) : "None";
    String geometry =
        "%s, %s, %s, [1, 1], %s"
            .formatted(
                bias,
                ScriptText.list(convolution.padding()),
                ScriptText.list(convolution.stride()),
                convolution.groups());
    String activation = convolution.activation() == Activation.RELU ? "\"relu\"" : "\"none\"";
    String weight = reordered(node, convolution);
    if (node.inputs().size() == 1) {
      return text()
          .assign(
              "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, %s, \"\")",
              input(node, 0), weight, geometry, activation, NO_NUMBERS);
    }
    String optional = convolution.activation() == Activation.RELU ? activation : "None";
    boolean inPlace = isLastUse(node, 1) && node.inputs().get(0) != node.inputs().get(1);
    String sum = inPlace ? input(node, 1) : text().assign("torch.clone(%s)", input(node, 1));
    return text()
        .assign(
            "ops.mkldnn._convolution_pointwise_(%s, %s, %s, %s, \"add\", 1.0, %s, %s, \"\")",
            sum, input(node, 0), weight, geometry, optional, NO_NUMBERS);
  }

  private String reordered(Node node, Convolution convolution) {
    Node input = node.input();
    Extent extent = extent(input);
    return text()
        .whenLoaded(
            "ops.mkldnn._reorder_convolution_weight(%s, %s, %s, [1, 1], %s, [%s, %s, %s, %s])",
            constant(convolution.weight()),
            ScriptText.list(convolution.padding()),
            ScriptText.list(convolution.stride()),
            convolution.groups(),
            batchSize,
            channels(input),
            extent.height(),
            extent.width());
  }
}
