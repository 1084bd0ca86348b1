package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Normalise;
import io.shufflenet.spark.model.graph.Operation.Planes;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldPreprocessingTest {
  private static final List<Float> ZEROS = List.of(0f, 0f, 0f);
  private static final List<Float> ONES = List.of(1f, 1f, 1f);
  private static final List<Float> MEAN = List.of(0.4f, 0.5f, 0.6f);
  private static final List<Float> DEVIATION = List.of(0.2f, 0.3f, 0.25f);

  private final Rewriting example = new Rewriting();
  private final Constant pixels = example.numbers(2, 4, 4, 3);

  @Test
  void weightsTakeTheDeviations() {
    Graph folded = folded(new Normalise(MEAN, DEVIATION));

    assertThat(folded).hasToString("Input Planes Normalise Convolution");
    assertThat(Rewriting.describe(folded)).contains(new Normalise(MEAN, ONES).toString());
  }

  @Test
  void nothingIsLeftOfAMeanOfZeros() {
    assertThat(folded(new Normalise(ZEROS, DEVIATION))).hasToString("Input Planes Convolution");
  }

  private Graph folded(Normalise normalise) {
    Node planes = Node.of(new Planes(), Node.of(new Input()));
    Convolution convolution = new Convolution(example.constant("w", 4, 3, 3, 3), 2, 1, 1);
    Graph graph = example.graph(Node.of(convolution, Node.of(normalise, planes)));
    return Rewriting.checked(Optimisation.FOLD_PREPROCESSING, graph, pixels);
  }
}
