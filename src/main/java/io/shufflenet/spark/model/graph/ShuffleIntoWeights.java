package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import java.util.List;

/**
 * In the first unit the 1x1 convolution is not grouped, and can give its channels in the order that
 * the shuffle would bring them into: its rows are permuted, and the depthwise convolution's with
 * them.
 */
final class ShuffleIntoWeights extends Rewrite {
  @Override
  Node replacement(Node node, List<Node> inputs) {
    ChannelShuffle shuffle = node.as(ChannelShuffle.class);
    Convolution depthwise = shuffle == null ? null : onlyUsedHere(node.input());
    if (depthwise == null || !isDepthwise(depthwise)) {
      return null;
    }
    Convolution reduce = onlyUsedHere(node.input().input());
    if (reduce == null || reduce.groups() != 1) {
      return null;
    }
    int[] order = order(depthwise.groups(), shuffle.groups());
    permute(depthwise, order);
    permute(reduce, order);
    return inputs.get(0);
  }

  private void permute(Convolution convolution, int[] order) {
    constant(convolution.weight(), constant(convolution.weight()).rows(order));
    if (convolution.hasBias()) {
      constant(convolution.bias(), constant(convolution.bias()).rows(order));
    }
  }

  /** Channel i after the shuffle is channel {@code order[i]} before it. */
  static int[] order(int channels, int groups) {
    int perGroup = channels / groups;
    int[] order = new int[channels];
    for (int channel = 0; channel < channels; channel++) {
      order[channel] = channel % perGroup * groups + channel / perGroup;
    }
    return order;
  }
}
