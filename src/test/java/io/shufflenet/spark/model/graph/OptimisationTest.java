package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.BatchNorm;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.Relu;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OptimisationTest {
  private final Rewriting example = new Rewriting();

  @Test
  void theyAreAppliedInTheirOrderWhateverTheSets() {
    Node convolution =
        Node.of(new Convolution(example.constant("w", 4, 3, 3, 3), 2, 1, 1), Node.of(new Input()));
    Node normalised = Node.of(new BatchNorm(example.batchNorm("bn", 4)), convolution);
    Graph graph = example.graph(Node.of(new MaxPool(), Node.of(new Relu(), normalised)));
    Set<Optimisation> backwards = new TreeSet<>(Collections.reverseOrder());
    backwards.addAll(EnumSet.allOf(Optimisation.class));

    Graph optimised = Optimisation.applyAll(backwards, graph);

    assertThat(optimised)
        .hasToString("Input Convolution WithoutFirstColumn Convolution MaxPoolOfColumns");
  }

  @Test
  void noneOfThemLeavesTheNetworkAsItIs() {
    Graph graph = example.graph(Node.of(new Relu(), Node.of(new Input())));

    assertThat(Optimisation.applyAll(Set.of(), graph)).isSameAs(graph);
  }
}
