package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import org.junit.jupiter.api.Test;

class FuseResidualTest {
  private static final Node X = Node.of(new Input());

  private final Rewriting example = new Rewriting();
  private final Constant input = example.numbers(2, 3, 4, 4);

  @Test
  void theConvolutionAddsWhatItsUnitWasGiven() {
    Graph fused = fused(Node.of(new Add(), X, convolution("w", Activation.NONE)));

    assertThat(fused).hasToString("Input Convolution");
    assertThat(fused.output().inputs()).hasSize(2);
  }

  @Test
  void leavesAConvolutionThatSomethingElseNeedsToo() {
    Node convolution = convolution("w", Activation.NONE);

    Graph fused = fused(Node.of(new Add(), convolution, convolution));

    assertThat(fused).hasToString("Input Convolution Add");
  }

  @Test
  void leavesAConvolutionWhoseActivationComesFirst() {
    Graph fused = fused(Node.of(new Add(), X, convolution("w", Activation.RELU)));

    assertThat(fused).hasToString("Input Convolution Add");
  }

  @Test
  void aConvolutionAddsOneMapAlone() {
    Node summing = Node.of(convolution("w", Activation.NONE).operation(), X, X);

    Graph fused = fused(Node.of(new Add(), X, summing));

    assertThat(fused).hasToString("Input Convolution Add");
  }

  private Node convolution(String weight, Activation activation) {
    Extent one = Extent.square(1);
    String name = example.constant(weight, 3, 3, 3, 3);
    return Node.of(new Convolution(name, "", one, one, 1, activation), X);
  }

  private Graph fused(Node output) {
    return Rewriting.checked(Optimisation.FUSE_RESIDUAL, example.graph(output), input);
  }
}
