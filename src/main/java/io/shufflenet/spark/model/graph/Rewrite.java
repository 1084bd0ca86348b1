package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Convolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces a pattern of operations by others that compute the same, wherever it occurs. Nodes are
 * looked at each after its inputs.
 */
abstract class Rewrite {
  private Graph graph;
  private Map<String, Constant> constants;

  /** The same network, rewritten. */
  final Graph apply(Graph original) {
    graph = original;
    constants = new HashMap<>(original.constants());
    begin(original);
    Map<Node, Node> rewritten = new HashMap<>();
    for (Node node : original.nodes()) {
      List<Node> inputs = node.inputs().stream().map(rewritten::get).toList();
      Node replacement = replacement(node, inputs);
      rewritten.put(node, replacement == null ? Node.of(node.operation(), inputs) : replacement);
    }
    return new Graph(rewritten.get(original.output()), constants);
  }

  /** Looks at the whole graph before its nodes. */
  void begin(Graph original) {}

  /**
   * What takes the node's place; null where the pattern does not end there.
   *
   * @param node as it was
   * @param inputs its inputs, rewritten already
   */
  abstract Node replacement(Node node, List<Node> inputs);

  final boolean isUsedOnce(Node node) {
    return graph.uses(node) == 1;
  }

  /** The node's convolution if nothing but the end of the pattern needs its value, else null. */
  final Convolution onlyUsedHere(Node node) {
    return isUsedOnce(node) ? node.as(Convolution.class) : null;
  }

  final Constant constant(String name) {
    return constants.get(name);
  }

  /** Sets a constant of the rewritten graph; the original keeps its own. */
  final void constant(String name, Constant value) {
    constants.put(name, value);
  }

  /** The inputs, with another one in the first's place. */
  static List<Node> replaceFirst(List<Node> inputs, Node first) {
    List<Node> replaced = new ArrayList<>(inputs);
    replaced.set(0, first);
    return replaced;
  }

  final boolean isDepthwise(Convolution convolution) {
    return convolution.groups() == constant(convolution.weight()).shape()[0];
  }
}
