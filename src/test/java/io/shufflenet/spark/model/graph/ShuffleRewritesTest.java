package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rewrites of the second of two grouped 1x1 convolutions, which reads shuffled channels. */
class ShuffleRewritesTest {
  private static final String SHUFFLED =
      "Input Convolution Convolution Convolution ChannelShuffle Convolution";
  private static final String WITHOUT_SHUFFLE =
      "Input Convolution Convolution Convolution Convolution";
  private static final Extent NONE = Extent.square(0);
  private static final Extent ONE = Extent.square(1);

  private final Rewriting example = new Rewriting();
  private final Constant input = example.numbers(2, 3, 3, 4);

  @ParameterizedTest
  @CsvSource({"2, 8", "2, 6", "3, 9", "3, 30", "3, 33", "3, 126"})
  void theSecondConvolutionReadsAcrossPixels(int groups, int channels) {
    Graph rewritten = intoKernel(unit(groups, channels));

    assertThat(rewritten)
        .hasToString("Input Convolution Convolution Convolution SplitPixels Convolution");
  }

  @ParameterizedTest
  @CsvSource({"2, 8", "3, 9", "3, 126", "8, 16", "8, 192"})
  void theSecondConvolutionBecomesDense(int groups, int channels) {
    Graph rewritten = intoDense(unit(groups, channels));

    assertThat(rewritten).hasToString(WITHOUT_SHUFFLE);
    assertThat(rewritten.output().as(Convolution.class).groups()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHUFFLE_INTO_KERNEL", "SHUFFLE_INTO_DENSE"})
  void theSecondConvolutionKeepsWhatItAdds(Optimisation optimisation) {
    Node expand = unit(3, 12);
    String weight = example.constant("beside", 12, 3, 1, 1);
    Node beside = Node.of(new Convolution(weight, 1, 0, 1), Node.of(new Input()));
    Node added = Node.of(expand.operation(), expand.input(), beside);

    assertThat(rewritten(optimisation, added).toString()).doesNotContain("ChannelShuffle");
  }

  @Test
  void noKernelReadsAcrossManyGroups() {
    assertThat(intoKernel(unit(8, 16))).hasToString(SHUFFLED);
  }

  @Test
  void noKernelReadsLongShares() {
    assertThat(intoKernel(unit(3, 135))).hasToString(SHUFFLED);
  }

  @Test
  void noConvolutionOfManyChannelsBecomesDense() {
    assertThat(intoDense(unit(3, 195))).hasToString(SHUFFLED);
  }

  @Test
  void noConvolutionOverNeighboursBecomesDense() {
    Node expand = convolution("expand", 6, 2, 3, 3, shuffled(3, first(6)));

    assertThat(intoDense(expand)).hasToString("Input Convolution ChannelShuffle Convolution");
  }

  @Test
  void aDenseConvolutionReadsTheChannelsOfAnythingThatIsShuffled() {
    Node expand = convolution("expand", 6, 2, 1, 3, shuffled(3, first(6)));

    assertThat(intoDense(expand)).hasToString("Input Convolution Convolution");
  }

  @Test
  void leavesTheShuffleOfADenseConvolutionsChannels() {
    Node x = first(6);
    Node reduce = convolution("reduce", 6, 6, 1, 1, x);
    Node expand = convolution("expand", 6, 2, 1, 3, shuffled(3, depthwise(6, reduce)));

    assertThat(intoKernel(expand)).hasToString(SHUFFLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHUFFLE_INTO_KERNEL", "SHUFFLE_INTO_DENSE"})
  void leavesAShuffleIntoOtherGroupsThanTheSecondConvolutions(Optimisation optimisation) {
    Node reduce = convolution("reduce", 6, 2, 1, 3, first(6));
    Node expand = convolution("expand", 6, 3, 1, 2, shuffled(3, depthwise(6, reduce)));

    assertThat(rewritten(optimisation, expand)).hasToString(SHUFFLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHUFFLE_INTO_KERNEL", "SHUFFLE_INTO_DENSE"})
  void leavesAShuffleThatSomethingElseNeedsToo(Optimisation optimisation) {
    Node shuffled = shuffled(3, first(6));
    Node expand = convolution("expand", 6, 2, 1, 3, shuffled);

    assertThat(rewritten(optimisation, Node.of(new Add(), expand, shuffled)).toString())
        .contains("ChannelShuffle");
  }

  @Test
  void noKernelReadsChannelsThatSomethingElseNeedsToo() {
    Node reduce = convolution("reduce", 6, 2, 1, 3, first(6));
    Node expand = convolution("expand", 6, 2, 1, 3, shuffled(3, depthwise(6, reduce)));

    assertThat(intoKernel(Node.of(new Add(), expand, reduce))).hasToString(SHUFFLED + " Add");
  }

  /** As every unit but the first has it. */
  private Node unit(int groups, int channels) {
    Node reduce = convolution("reduce", channels, 2, 1, groups, first(2 * groups));
    Node shuffled = shuffled(groups, depthwise(channels, reduce));
    return convolution("expand", 4 * groups, channels / groups, 1, groups, shuffled);
  }

  private Node first(int channels) {
    return convolution("first", channels, 3, 1, 1, Node.of(new Input()));
  }

  private Node depthwise(int channels, Node x) {
    return convolution("depthwise", channels, 1, 3, channels, x);
  }

  private static Node shuffled(int groups, Node x) {
    return Node.of(new ChannelShuffle(groups), x);
  }

  private Node convolution(String name, int outputs, int inputs, int side, int groups, Node x) {
    String weight = example.constant(name, outputs, inputs, side, side);
    String bias = example.constant(name + ".bias", outputs);
    Extent padding = side == 1 ? NONE : ONE;
    return Node.of(new Convolution(weight, bias, ONE, padding, groups, Activation.NONE), x);
  }

  private Graph intoKernel(Node output) {
    return rewritten(Optimisation.SHUFFLE_INTO_KERNEL, output);
  }

  private Graph intoDense(Node output) {
    return rewritten(Optimisation.SHUFFLE_INTO_DENSE, output);
  }

  private Graph rewritten(Optimisation optimisation, Node output) {
    return Rewriting.checked(optimisation, example.graph(output), input);
  }
}
