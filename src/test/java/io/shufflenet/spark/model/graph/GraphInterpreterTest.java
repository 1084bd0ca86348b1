package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Operation.AveragePool;
import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.GlobalAveragePool;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Linear;
import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.Normalise;
import io.shufflenet.spark.model.graph.Operation.Planes;
import io.shufflenet.spark.model.graph.Operation.ReverseColours;
import io.shufflenet.spark.model.graph.Operation.SplitPixels;
import io.shufflenet.spark.model.graph.Operation.WithoutFirstColumn;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand: what the tests of rewrites rely on. */
class GraphInterpreterTest {
  private static final Node X = Node.of(new Input());

  @Test
  void convolves() {
    Constant weight = constant(new int[] {1, 1, 2, 2}, 1, 10, 100, 1000);
    Graph graph = new Graph(Node.of(new Convolution("w", 1, 0, 1), X), Map.of("w", weight));

    Constant result = GraphInterpreter.output(graph, counting(1, 1, 2, 3));

    assertThat(result.shape()).containsExactly(1, 1, 1, 2);
    assertThat(result.values()).containsExactly(4310, 5421);
  }

  @Test
  void convolvesGroupsApartWithABorderOfZeros() {
    Constant weight = constant(new int[] {2, 1, 3, 3}, ones(18));
    Graph graph = new Graph(Node.of(new Convolution("w", 2, 1, 2), X), Map.of("w", weight));

    assertThat(GraphInterpreter.output(graph, counting(1, 2, 2, 2)).values())
        .containsExactly(6, 22);
  }

  @Test
  void shufflesAsMegviiDoes() {
    assertThat(output(new ChannelShuffle(3), counting(1, 6, 1, 1)))
        .containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void takesMaximaWithoutItsBorder() {
    assertThat(
            output(new MaxPool(), constant(new int[] {1, 1, 2, 4}, -8, -7, -6, -5, -4, -3, -2, -1)))
        .containsExactly(-3, -1);
  }

  @Test
  void takesAveragesOfNineWithItsBorder() {
    assertThat(output(new AveragePool(), constant(new int[] {1, 1, 2, 2}, 9, 9, 9, 9)))
        .containsExactly(4);
  }

  @Test
  void averagesMaps() {
    assertThat(output(new GlobalAveragePool(), counting(1, 2, 1, 2))).containsExactly(0.5, 2.5);
  }

  @Test
  void multipliesByTheTransposedWeight() {
    Graph graph =
        new Graph(
            Node.of(new Linear("w"), X), Map.of("w", constant(new int[] {2, 2}, 1, 10, 100, 1000)));

    assertThat(GraphInterpreter.output(graph, constant(new int[] {1, 2}, 1, 2)).values())
        .containsExactly(21, 2100);
  }

  @Test
  void makesPlanesOfPixels() {
    assertThat(output(new Planes(), counting(1, 1, 2, 3))).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void swapsRedAndBlue() {
    assertThat(output(new ReverseColours(), counting(1, 1, 2, 3)))
        .containsExactly(2, 1, 0, 5, 4, 3);
  }

  @Test
  void normalisesEachChannel() {
    Operation normalise = new Normalise(List.of(1f, 2f, 3f), List.of(1f, 2f, 4f));

    assertThat(output(normalise, constant(new int[] {1, 3, 1, 1}, 5, 8, 11)))
        .containsExactly(4, 3, 2);
  }

  @Test
  void cutsOffAColumn() {
    assertThat(output(new WithoutFirstColumn(), counting(1, 1, 2, 3))).containsExactly(1, 2, 4, 5);
  }

  @Test
  void laysTheChannelsOfAPixelBesideEachOther() {
    assertThat(output(new SplitPixels(2), counting(1, 4, 1, 2)))
        .containsExactly(0, 4, 1, 5, 2, 6, 3, 7);
  }

  private static double[] output(Operation operation, Constant input) {
    return GraphInterpreter.output(new Graph(Node.of(operation, X), Map.of()), input).values();
  }

  private static Constant counting(int... shape) {
    int count = IntStream.of(shape).reduce(1, (one, other) -> one * other);
    return constant(shape, IntStream.range(0, count).asDoubleStream().toArray());
  }

  private static double[] ones(int count) {
    return IntStream.range(0, count).mapToDouble(index -> 1).toArray();
  }

  private static Constant constant(int[] shape, double... values) {
    return new Constant(shape, values);
  }
}
