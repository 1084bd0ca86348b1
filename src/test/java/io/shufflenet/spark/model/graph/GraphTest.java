package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.Concat;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Relu;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final Constant ROWS =
      new Constant(new int[] {3, 2}, new double[] {1, 2, 3, 4, 5, 6});

  private final Node input = Node.of(new Input());
  private final Node relu = Node.of(new Relu(), input);
  private final Node sum = Node.of(new Add(), relu, input);
  private final Graph graph = new Graph(sum, Map.of());

  @Test
  void ordersEachValueAfterItsInputs() {
    assertThat(graph.nodes()).containsExactly(input, relu, sum);
  }

  @Test
  void countsHowOftenAValueIsAnInput() {
    assertThat(graph.uses(input)).isEqualTo(2);
    assertThat(graph.uses(relu)).isEqualTo(1);
    assertThat(graph.uses(sum)).isZero();
  }

  @Test
  void equalOperationsAreDifferentValues() {
    Node twice = Node.of(new Concat(), Node.of(new Relu(), input), Node.of(new Relu(), input));

    assertThat(new Graph(twice, Map.of())).hasToString("Input Relu Relu Concat");
  }

  @Test
  void knowsWhoNeedsAValueLast() {
    assertThat(Graph.lastUsers(graph.nodes())).containsOnly(entry(input, sum), entry(relu, sum));
  }

  @Test
  void refusesAnUnknownConstant() {
    assertThatThrownBy(() -> graph.constant("w"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find the constant w in the graph");
  }

  @Test
  void aConstantGivesItsRowsInAnyOrderAndZerosForNone() {
    Constant chosen = ROWS.rows(2, -1, 0, 0);

    assertThat(chosen.shape()).containsExactly(4, 2);
    assertThat(chosen.values()).containsExactly(5, 6, 0, 0, 1, 2, 1, 2);
    assertThat(ROWS.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
