package io.shufflenet.spark.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A small graph's random constants and input, and what every rewrite has to keep. */
public final class Rewriting {
  private static final double TOLERANCE = 1e-9;

  private final Random random = new Random(7);
  private final Map<String, Constant> constants = new HashMap<>();

  /** Adds a constant of numbers between -1 and 1; its name. */
  String constant(String name, int... shape) {
    constants.put(name, numbers(shape));
    return name;
  }

  /** Adds what a normalisation of so many channels names; its name. */
  String batchNorm(String name, int channels) {
    constant(name + ".weight", channels);
    constant(name + ".bias", channels);
    constant(name + ".running_mean", channels);
    double[] variance = numbers(channels).values();
    for (int channel = 0; channel < channels; channel++) {
      variance[channel] = variance[channel] * variance[channel];
    }
    constants.put(name + ".running_var", new Constant(new int[] {channels}, variance));
    return name;
  }

  /** Numbers between -1 and 1. */
  Constant numbers(int... shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    return new Constant(shape, random.doubles(count, -1, 1).toArray());
  }

  Graph graph(Node output) {
    return new Graph(output, constants);
  }

  /**
   * The rewritten graph, once it is seen to compute the same and to have left the original alone.
   */
  public static Graph checked(Optimisation optimisation, Graph original, Constant input) {
    String operations = describe(original);
    Constant expected = GraphInterpreter.output(original, input);

    Graph rewritten = optimisation.apply(original);

    assertSame(rewritten, expected, input);
    assertThat(describe(original)).isEqualTo(operations);
    assertThat(GraphInterpreter.output(original, input).values())
        .containsExactly(expected.values());
    return rewritten;
  }

  /** That the graph's output has the expected shape and numbers. */
  public static void assertSame(Graph graph, Constant expected, Constant input) {
    Constant actual = GraphInterpreter.output(graph, input);
    assertThat(actual.shape()).containsExactly(expected.shape());
    assertThat(actual.values()).containsExactly(expected.values(), within(TOLERANCE));
  }

  /** The operations with all that they say. */
  static String describe(Graph graph) {
    return graph.nodes().toString();
  }
}
