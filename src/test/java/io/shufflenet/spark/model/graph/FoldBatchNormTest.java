package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.BatchNorm;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Relu;
import org.junit.jupiter.api.Test;

class FoldBatchNormTest {
  private static final Node X = Node.of(new Input());

  private final Rewriting example = new Rewriting();
  private final Constant input = example.numbers(2, 3, 5, 5);

  @Test
  void aConvolutionTakesTheNormalisationBehindIt() {
    Graph graph = example.graph(normalised(convolution(X)));

    Graph folded = Rewriting.checked(Optimisation.FOLD_BATCH_NORM, graph, input);

    assertThat(folded).hasToString("Input Convolution");
    assertThat(folded.output().as(Convolution.class).hasBias()).isTrue();
  }

  @Test
  void takesTheFactorOfEachGroupsChannels() {
    Node convolution = Node.of(new Convolution(example.constant("w", 6, 1, 3, 3), 2, 1, 3), X);
    Graph graph = example.graph(Node.of(new BatchNorm(example.batchNorm("bn", 6)), convolution));

    Graph folded = Rewriting.checked(Optimisation.FOLD_BATCH_NORM, graph, input);

    assertThat(folded).hasToString("Input Convolution");
  }

  @Test
  void leavesAConvolutionThatSomethingElseNeedsToo() {
    Node convolution = convolution(X);
    Graph graph = example.graph(Node.of(new Add(), normalised(convolution), convolution));

    Graph folded = Rewriting.checked(Optimisation.FOLD_BATCH_NORM, graph, input);

    assertThat(folded).hasToString("Input Convolution BatchNorm Add");
  }

  @Test
  void leavesANormalisationOfAnythingElse() {
    Graph graph = example.graph(normalised(Node.of(new Relu(), convolution(X))));

    Graph folded = Rewriting.checked(Optimisation.FOLD_BATCH_NORM, graph, input);

    assertThat(folded).hasToString("Input Convolution Relu BatchNorm");
  }

  private Node convolution(Node x) {
    return Node.of(new Convolution(example.constant("w", 4, 3, 3, 3), 1, 1, 1), x);
  }

  private Node normalised(Node x) {
    return Node.of(new BatchNorm(example.batchNorm("bn", 4)), x);
  }
}
