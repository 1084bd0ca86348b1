package io.shufflenet.spark.model;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Optimisation;

/** The network as other libraries are given it. */
public final class FoldedGraph {
  private FoldedGraph() {}

  /**
   * From normalised pixels {@code (N, 3, H, W)} to logits, normalisation folded into the
   * convolutions.
   */
  public static Graph of(Weights weights) {
    Node logits = NetworkGraph.logits(weights.architecture(), Node.of(new Input()));
    Graph pixels =
        NetworkGraph.ofPixels(
            weights, Preprocessing.MEGVII, Preprocessing.ChannelOrder.BGR, NetworkOutput.LOGITS);
    return Optimisation.FOLD_BATCH_NORM.apply(new Graph(logits, pixels.constants()));
  }
}
