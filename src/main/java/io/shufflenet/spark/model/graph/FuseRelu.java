package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Relu;
import java.util.List;

/** A convolution cuts off its own negative results, while they are at hand. */
final class FuseRelu extends Rewrite {
  @Override
  Node replacement(Node node, List<Node> inputs) {
    Relu relu = node.as(Relu.class);
    Convolution convolution = relu == null ? null : onlyUsedHere(node.input());
    return convolution == null
        ? null
        : Node.of(convolution.with(Activation.RELU), inputs.get(0).inputs());
  }
}
