package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.MaxPoolBySlices;
import java.util.List;

/** Pooling by maxima of slices, first of rows and then of columns. */
final class MaxPoolAsSlices extends Rewrite {
  @Override
  Node replacement(Node node, List<Node> inputs) {
    return node.as(MaxPool.class) == null ? null : Node.of(new MaxPoolBySlices(), inputs);
  }
}
