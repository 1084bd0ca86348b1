package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.AveragePool;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.MaxPoolBySlices;
import io.shufflenet.spark.model.graph.Operation.MaxPoolOfColumns;
import io.shufflenet.spark.model.graph.Operation.SplitPixels;
import io.shufflenet.spark.model.graph.Operation.WithoutFirstColumn;
import java.util.HashMap;
import java.util.Map;

/** How large the map of each value of a graph is, for one size of input. */
public final class Extents {
  private Extents() {}

  /**
   * Rows and columns of each value; of vectors, those of the map they come from.
   *
   * @param inputSize side in pixels of the square input
   */
  public static Map<Node, Extent> of(Graph graph, int inputSize) {
    Map<Node, Extent> extents = new HashMap<>();
    for (Node node : graph.nodes()) {
      extents.put(
          node,
          node.operation() instanceof Input
              ? Extent.square(inputSize)
              : extent(graph, node.operation(), extents.get(node.input())));
    }
    return extents;
  }

  private static Extent extent(Graph graph, Operation operation, Extent of) {
    if (operation instanceof Convolution convolution) {
      int[] shape = graph.constant(convolution.weight()).shape();
      Extent padding = convolution.padding();
      Extent stride = convolution.stride();
      return new Extent(
          (of.height() + 2 * padding.height() - shape[2]) / stride.height() + 1,
          (of.width() + 2 * padding.width() - shape[3]) / stride.width() + 1);
    }
    if (operation instanceof MaxPool
        || operation instanceof AveragePool
        || operation instanceof MaxPoolBySlices) {
      return new Extent((of.height() + 1) / 2, (of.width() + 1) / 2);
    }
    if (operation instanceof MaxPoolOfColumns) {
      return new Extent((of.height() + 1) / 2, of.width());
    }
    if (operation instanceof WithoutFirstColumn) {
      return new Extent(of.height(), of.width() - 1);
    }
    return operation instanceof SplitPixels split
        ? new Extent(of.height(), of.width() * split.parts())
        : of;
  }
}
