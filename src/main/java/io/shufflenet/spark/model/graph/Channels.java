package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Concat;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Linear;
import io.shufflenet.spark.model.graph.Operation.SplitPixels;
import java.util.HashMap;
import java.util.Map;

/** How many channels each value of a graph has. */
public final class Channels {
  private static final int COLOURS = 3;

  private Channels() {}

  public static Map<Node, Integer> of(Graph graph) {
    Map<Node, Integer> channels = new HashMap<>();
    for (Node node : graph.nodes()) {
      channels.put(node, channels(graph, node, channels));
    }
    return channels;
  }

  private static int channels(Graph graph, Node node, Map<Node, Integer> known) {
    if (node.operation() instanceof Input) {
      return COLOURS;
    }
    int first = known.get(node.input());
    if (node.operation() instanceof Convolution convolution) {
      return graph.constant(convolution.weight()).shape()[0];
    }
    if (node.operation() instanceof Linear linear) {
      return graph.constant(linear.weight()).shape()[0];
    }
    if (node.operation() instanceof Concat) {
      return first + known.get(node.inputs().get(1));
    }
    return node.operation() instanceof SplitPixels split ? first / split.parts() : first;
  }
}
