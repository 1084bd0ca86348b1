package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Concat;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Relu;
import org.junit.jupiter.api.Test;

class FuseReluTest {
  private static final Node X = Node.of(new Input());

  private final Rewriting example = new Rewriting();
  private final Constant input = example.numbers(2, 3, 4, 4);

  @Test
  void aConvolutionTakesTheReluBehindIt() {
    Graph fused = fused(Node.of(new Relu(), Node.of(convolution(), X)));

    assertThat(fused).hasToString("Input Convolution");
  }

  @Test
  void theReluComesAfterWhatTheConvolutionAdds() {
    Graph fused = fused(Node.of(new Relu(), Node.of(convolution(), X, X)));

    assertThat(fused).hasToString("Input Convolution");
    assertThat(fused.output().inputs()).hasSize(2);
  }

  @Test
  void leavesAConvolutionThatSomethingElseNeedsToo() {
    Node convolution = Node.of(convolution(), X);

    Graph fused = fused(Node.of(new Concat(), Node.of(new Relu(), convolution), convolution));

    assertThat(fused).hasToString("Input Convolution Relu Concat");
  }

  private Convolution convolution() {
    return new Convolution(example.constant("w", 3, 3, 3, 3), 1, 1, 1);
  }

  private Graph fused(Node output) {
    return Rewriting.checked(Optimisation.FUSE_RELU, example.graph(output), input);
  }
}
