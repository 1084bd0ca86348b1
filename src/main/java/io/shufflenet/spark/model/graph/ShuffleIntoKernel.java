package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.SplitPixels;
import java.util.Arrays;
import java.util.List;

/**
 * Between two grouped 1x1 convolutions the shuffle can be a matter of reading. Of what group h of
 * the first one gives, group k of the second takes every g-th channel, starting at k. With the
 * channels in the order (h, k, i), each share filled up with channels of zeros to the same length,
 * a pixel is g pixels beside each other, and the second convolution reads over all of them with a
 * kernel of (1, g) at stride (1, g).
 */
final class ShuffleIntoKernel extends Rewrite {
  /** With more groups the channels of zeros cost more than the shuffle. */
  private static final int MOST_GROUPS = 3;

  /** Longer shares were slower than the shuffle, with 1.0x of group 3 on AVX-512. */
  private static final int LONGEST_SHARE = 14;

  @Override
  Node replacement(Node node, List<Node> inputs) {
    Convolution expand = node.as(Convolution.class);
    ChannelShuffle shuffle = expand == null ? null : node.input().as(ChannelShuffle.class);
    if (shuffle == null
        || !isUsedOnce(node.input())
        || shuffle.groups() > MOST_GROUPS
        || expand.groups() != shuffle.groups()) {
      return null;
    }
    Convolution depthwise = onlyUsedHere(node.input().input());
    if (depthwise == null || !isDepthwise(depthwise)) {
      return null;
    }
    Convolution reduce = onlyUsedHere(node.input().input().input());
    if (reduce == null || reduce.groups() != shuffle.groups()) {
      return null;
    }
    Order order = new Order(depthwise.groups(), shuffle.groups());
    if (order.share > LONGEST_SHARE) {
      return null;
    }
    Node mapOfReduce = inputs.get(0).input().input().input();
    Node reduced = Node.of(reordered(reduce, order, reduce.groups()), mapOfReduce);
    Node filtered = Node.of(reordered(depthwise, order, order.length()), reduced);
    Node split = Node.of(new SplitPixels(shuffle.groups()), filtered);
    List<Node> read = Rewrite.replaceFirst(inputs, split);
    return Node.of(acrossPixels(expand, order), read);
  }

  private Convolution reordered(Convolution convolution, Order order, int groups) {
    constant(convolution.weight(), constant(convolution.weight()).rows(order.channels));
    if (convolution.hasBias()) {
      constant(convolution.bias(), constant(convolution.bias()).rows(order.channels));
    }
    return new Convolution(
        convolution.weight(),
        convolution.bias(),
        convolution.stride(),
        convolution.padding(),
        groups,
        convolution.activation());
  }

  private Convolution acrossPixels(Convolution expand, Order order) {
    Constant weight = constant(expand.weight());
    constant(expand.weight(), order.acrossPixels(weight));
    Extent stride = new Extent(1, expand.groups());
    return new Convolution(
        expand.weight(),
        expand.bias(),
        stride,
        expand.padding(),
        expand.groups(),
        expand.activation());
  }

  /** The order (h, k, i) of the channels between the two convolutions. */
  private static final class Order {
    private final int groups;
    private final int share;

    /** The channel that stands at each place, or -1. */
    private final int[] channels;

    Order(int count, int groups) {
      this.groups = groups;
      int perGroup = count / groups;
      share = (perGroup + groups - 1) / groups;
      channels = new int[groups * groups * share];
      Arrays.fill(channels, -1);
      int[] filled = new int[groups * groups];
      for (int channel = 0; channel < count; channel++) {
        int part = channel / perGroup * groups + channel % groups;
        channels[part * share + filled[part]] = channel;
        filled[part]++;
      }
    }

    int length() {
      return channels.length;
    }

    /** {@code (O, C / g, 1, 1)} for shuffled channels to {@code (O, share, 1, g)}. */
    Constant acrossPixels(Constant weight) {
      int outputs = weight.shape()[0];
      double[] values = new double[outputs * share * groups];
      for (int output = 0; output < outputs; output++) {
        int group = output / (outputs / groups);
        for (int index = 0; index < share; index++) {
          for (int pixel = 0; pixel < groups; pixel++) {
            int channel = channels[(pixel * groups + group) * share + index];
            if (channel >= 0) {
              values[(output * share + index) * groups + pixel] =
                  weight.values()[output * weight.rowLength() + channel / groups];
            }
          }
        }
      }
      return new Constant(new int[] {outputs, share, 1, groups}, values);
    }
  }
}
