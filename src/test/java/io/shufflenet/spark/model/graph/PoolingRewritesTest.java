package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.AveragePool;
import io.shufflenet.spark.model.graph.Operation.Concat;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.MaxPoolBySlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingRewritesTest {
  private static final Node X = Node.of(new Input());

  private final Rewriting example = new Rewriting();

  @ParameterizedTest
  @CsvSource({"4, 6", "5, 7"})
  void anAverageIsADepthwiseConvolutionByNinths(int rows, int columns) {
    Graph graph = example.graph(Node.of(new AveragePool(), X));
    Constant input = example.numbers(2, 3, rows, columns);

    Graph rewritten = Rewriting.checked(Optimisation.AVERAGE_POOL_AS_CONVOLUTION, graph, input);

    assertThat(rewritten).hasToString("Input Convolution");
  }

  @Test
  void averagesOfOtherChannelsHaveOtherWeights() {
    Node wider = Node.of(new Concat(), X, X);
    Node both =
        Node.of(new Concat(), Node.of(new AveragePool(), X), Node.of(new AveragePool(), wider));
    Constant input = example.numbers(1, 3, 4, 4);

    Graph rewritten =
        Rewriting.checked(Optimisation.AVERAGE_POOL_AS_CONVOLUTION, example.graph(both), input);

    assertThat(rewritten).hasToString("Input Convolution Concat Convolution Concat");
  }

  @Test
  void maximaBehindAReluAreTakenOfSlices() {
    Graph graph = example.graph(Node.of(new MaxPool(), convolution(Activation.RELU, 3)));

    Graph rewritten =
        Rewriting.checked(Optimisation.MAX_POOL_AS_SLICES, graph, example.numbers(2, 3, 8, 8));

    assertThat(rewritten).hasToString("Input Convolution MaxPoolBySlices");
  }

  @Test
  void maximaOfNegativeValuesAreNotThoseOfTheBorder() {
    Graph graph = example.graph(Node.of(new MaxPool(), convolution(Activation.NONE, 3)));

    Graph rewritten =
        Rewriting.checked(Optimisation.MAX_POOL_AS_SLICES, graph, example.numbers(2, 3, 8, 8));

    assertThat(rewritten).hasToString("Input Convolution MaxPoolBySlices");
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "12, 16", "32, 32"})
  void evenAndOddColumnsAreComputedApart(int rows, int columns) {
    Graph graph = example.graph(Node.of(new MaxPoolBySlices(), convolution(Activation.RELU, 3)));

    Graph rewritten =
        Rewriting.checked(Optimisation.SPLIT_COLUMNS, graph, example.numbers(2, 3, rows, columns));

    assertThat(rewritten)
        .hasToString("Input Convolution WithoutFirstColumn Convolution MaxPoolOfColumns");
  }

  @Test
  void leavesColumnsThatSomethingElseNeedsToo() {
    Node convolution = convolution(Activation.RELU, 3);
    Node pooled = Node.of(new MaxPoolBySlices(), convolution);
    Graph graph = example.graph(Node.of(new Concat(), pooled, averaged(convolution)));

    Graph rewritten =
        Rewriting.checked(Optimisation.SPLIT_COLUMNS, graph, example.numbers(1, 3, 8, 8));

    assertThat(rewritten).hasToString("Input Convolution MaxPoolBySlices AveragePool Concat");
  }

  @Test
  void leavesColumnsOfAnyOtherConvolution() {
    Graph graph = example.graph(Node.of(new MaxPoolBySlices(), convolution(Activation.RELU, 1)));

    Graph rewritten =
        Rewriting.checked(Optimisation.SPLIT_COLUMNS, graph, example.numbers(1, 3, 8, 8));

    assertThat(rewritten).hasToString("Input Convolution MaxPoolBySlices");
  }

  /** With a kernel of so many rows and columns, at stride 2. */
  private Node convolution(Activation activation, int side) {
    String weight = example.constant("w", 4, 3, side, side);
    String bias = example.constant("b", 4);
    Extent padding = Extent.square(side / 2);
    return Node.of(new Convolution(weight, bias, Extent.square(2), padding, 1, activation), X);
  }

  private static Node averaged(Node x) {
    return Node.of(new AveragePool(), x);
  }
}
