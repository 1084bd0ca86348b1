package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.MaxPoolBySlices;
import io.shufflenet.spark.model.graph.Operation.MaxPoolOfColumns;
import io.shufflenet.spark.model.graph.Operation.WithoutFirstColumn;
import java.util.List;

/**
 * Computes even and odd columns of the first convolution apart, the odd ones from an input that
 * starts at its second column, so that each maximum of the pooling runs over long contiguous rows.
 */
final class SplitColumns extends Rewrite {
  @Override
  Node replacement(Node node, List<Node> inputs) {
    MaxPoolBySlices pool = node.as(MaxPoolBySlices.class);
    Convolution convolution = pool == null ? null : onlyUsedHere(node.input());
    boolean splittable =
        convolution != null
            && convolution.padding().equals(Extent.square(1))
            && convolution.stride().equals(Extent.square(2));
    if (!splittable) {
      return null;
    }
    Node map = inputs.get(0).input();
    Node even = Node.of(everySecond(convolution, 1), map);
    Node odd = Node.of(everySecond(convolution, 0), Node.of(new WithoutFirstColumn(), map));
    return Node.of(new MaxPoolOfColumns(), even, odd);
  }

  private static Convolution everySecond(Convolution convolution, int columnsOfPadding) {
    return new Convolution(
        convolution.weight(),
        convolution.bias(),
        new Extent(2, 4),
        new Extent(1, columnsOfPadding),
        convolution.groups(),
        convolution.activation());
  }
}
