package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import java.util.List;

/**
 * A grouped 1x1 convolution of shuffled channels is a dense one of the channels as they are, whose
 * weights are zero wherever a group does not read. The shuffle is gone, and the matrix product has
 * one long sum where it had several short ones: where products cost little, on matrix tiles, that
 * pays although most factors are zero.
 */
final class ShuffleIntoDense extends Rewrite {
  /** With more channels the zeros cost more than the shuffle, on AMX tiles in bfloat16. */
  private static final int MOST_CHANNELS = 192;

  @Override
  Node replacement(Node node, List<Node> inputs) {
    Convolution expand = node.as(Convolution.class);
    ChannelShuffle shuffle = expand == null ? null : node.input().as(ChannelShuffle.class);
    if (shuffle == null || !isUsedOnce(node.input()) || expand.groups() != shuffle.groups()) {
      return null;
    }
    Constant weight = constant(expand.weight());
    int channels = weight.shape()[1] * expand.groups();
    boolean pointwise = weight.rowLength() == weight.shape()[1];
    if (!pointwise || channels > MOST_CHANNELS) {
      return null;
    }
    constant(expand.weight(), dense(weight, expand.groups()));
    return Node.of(expand.withGroups(1), Rewrite.replaceFirst(inputs, inputs.get(0).input()));
  }

  /** {@code (O, C / groups, 1, 1)} for shuffled channels to {@code (O, C, 1, 1)}. */
  private static Constant dense(Constant weight, int groups) {
    int outputs = weight.shape()[0];
    int perGroup = weight.rowLength();
    int channels = perGroup * groups;
    int[] order = ShuffleIntoWeights.order(channels, groups);
    double[] values = new double[outputs * channels];
    for (int output = 0; output < outputs; output++) {
      int first = output / (outputs / groups) * perGroup;
      for (int index = 0; index < perGroup; index++) {
        values[output * channels + order[first + index]] =
            weight.values()[output * perGroup + index];
      }
    }
    return new Constant(new int[] {outputs, channels, 1, 1}, values);
  }
}
