package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.AveragePool;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An average of nine is a depthwise convolution by ninths, for which libraries are faster. */
final class AveragePoolAsConvolution extends Rewrite {
  private static final int AREA = 9;

  private Map<Node, Integer> channels;

  @Override
  void begin(Graph graph) {
    channels = Channels.of(graph);
  }

  @Override
  Node replacement(Node node, List<Node> inputs) {
    if (node.as(AveragePool.class) == null) {
      return null;
    }
    int count = channels.get(node.input());
    double[] ninths = new double[count * AREA];
    Arrays.fill(ninths, 1.0 / AREA);
    String weight = "average_of_" + count + ".weight";
    String bias = "average_of_" + count + ".bias";
    constant(weight, new Constant(new int[] {count, 1, 3, 3}, ninths));
    constant(bias, new Constant(new int[] {count}, new double[count]));
    return Node.of(
        new Convolution(weight, bias, Extent.square(2), Extent.square(1), count, Activation.NONE),
        inputs);
  }
}
