package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import org.junit.jupiter.api.Test;

class ShuffleIntoWeightsTest {
  private static final Node X = Node.of(new Input());

  private final Rewriting example = new Rewriting();
  private final Constant input = example.numbers(2, 3, 4, 4);

  @Test
  void theFirstConvolutionGivesItsChannelsInTheShuffledOrder() {
    Graph rewritten = rewritten(shuffled(depthwise(reduce(1))));

    assertThat(rewritten).hasToString("Input Convolution Convolution");
  }

  @Test
  void leavesTheShuffleBehindAGroupedConvolution() {
    assertThat(rewritten(shuffled(depthwise(reduce(3)))))
        .hasToString("Input Convolution Convolution ChannelShuffle");
  }

  @Test
  void leavesTheShuffleBehindAConvolutionThatMixesChannels() {
    Convolution mixing = new Convolution(example.constant("mix", 6, 6, 3, 3), 1, 1, 1);

    assertThat(rewritten(shuffled(Node.of(mixing, reduce(1)))))
        .hasToString("Input Convolution Convolution ChannelShuffle");
  }

  @Test
  void leavesChannelsThatSomethingElseNeedsToo() {
    Node reduce = reduce(1);

    assertThat(rewritten(Node.of(new Add(), shuffled(depthwise(reduce)), reduce)))
        .hasToString("Input Convolution Convolution ChannelShuffle Add");
  }

  private Node reduce(int groups) {
    String weight = example.constant("reduce", 6, 3 / groups, 1, 1);
    String bias = example.constant("reduce.bias", 6);
    Extent one = Extent.square(1);
    Extent none = Extent.square(0);
    return Node.of(new Convolution(weight, bias, one, none, groups, Activation.RELU), X);
  }

  private Node depthwise(Node x) {
    String weight = example.constant("depthwise", 6, 1, 3, 3);
    String bias = example.constant("depthwise.bias", 6);
    Extent one = Extent.square(1);
    return Node.of(new Convolution(weight, bias, one, one, 6, Activation.NONE), x);
  }

  private static Node shuffled(Node x) {
    return Node.of(new ChannelShuffle(3), x);
  }

  private Graph rewritten(Node output) {
    return Rewriting.checked(Optimisation.SHUFFLE_INTO_WEIGHTS, example.graph(output), input);
  }
}
