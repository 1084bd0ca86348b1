package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Normalise;
import java.util.Collections;
import java.util.List;

/**
 * The first convolution's weights take the deviations that pixels are divided by. Means cannot go
 * the same way, for the border of zeros stands for pixels of the mean; they stay, unless they are
 * zero.
 */
final class FoldPreprocessing extends Rewrite {
  private static final List<Float> ONES = Collections.nCopies(3, 1f);
  private static final List<Float> ZEROS = Collections.nCopies(3, 0f);

  @Override
  Node replacement(Node node, List<Node> inputs) {
    Convolution convolution = node.as(Convolution.class);
    Normalise normalise = convolution == null ? null : node.input().as(Normalise.class);
    if (normalise == null) {
      return null;
    }
    Constant weight = constant(convolution.weight());
    double[] scaled = weight.values().clone();
    int area = weight.shape()[2] * weight.shape()[3];
    for (int index = 0; index < scaled.length; index++) {
      scaled[index] /= normalise.deviation().get(index / area % ONES.size());
    }
    constant(convolution.weight(), new Constant(weight.shape(), scaled));
    Node planes = inputs.get(0).input();
    Node centred =
        normalise.mean().equals(ZEROS)
            ? planes
            : Node.of(new Normalise(normalise.mean(), ONES), planes);
    return Node.of(convolution, centred);
  }
}
