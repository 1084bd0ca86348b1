package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Channels;
import io.shufflenet.spark.model.graph.Constant;
import io.shufflenet.spark.model.graph.Extent;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.GraphInterpreter;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Operation;
import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.AveragePool;
import io.shufflenet.spark.model.graph.Operation.BatchNorm;
import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Concat;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.GlobalAveragePool;
import io.shufflenet.spark.model.graph.Operation.Input;
import io.shufflenet.spark.model.graph.Operation.Linear;
import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.MaxPoolBySlices;
import io.shufflenet.spark.model.graph.Operation.MaxPoolOfColumns;
import io.shufflenet.spark.model.graph.Operation.Normalise;
import io.shufflenet.spark.model.graph.Operation.Planes;
import io.shufflenet.spark.model.graph.Operation.Relu;
import io.shufflenet.spark.model.graph.Operation.ReverseColours;
import io.shufflenet.spark.model.graph.Operation.SplitPixels;
import io.shufflenet.spark.model.graph.Operation.WithoutFirstColumn;
import io.shufflenet.spark.model.torchscript.OneDnnEmitter;
import io.shufflenet.spark.model.torchscript.PortableEmitter;
import io.shufflenet.spark.model.torchscript.Precision;
import io.shufflenet.spark.model.torchscript.Script;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation as libtorch runs it, against plain arithmetic. Graphs end in the means of their
 * channels: maps of random weights at every place would not show which place is wrong, so each is
 * multiplied by weights of its own before.
 */
class EmittedGraphIT {
  private static final int SIZE = 8;
  private static final int IMAGES = 3;
  private static final Node PIXELS = Node.of(new Planes(), Node.of(new Input()));

  /** Of 6 channels and 8x8, with negative values. */
  private static final Node MAP = Node.of(convolution("first", 3, 1), PIXELS);

  private static final Node OTHER = Node.of(convolution("other", 3, 1), PIXELS);

  private static final Map<String, Constant> CONSTANTS = constants();

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("backendsAndGraphs")
  void computesWhatTheOperationSays(Backend backend, String name, Node map) {
    Graph graph = new Graph(located(map), CONSTANTS);
    List<byte[]> crops = CompiledNetwork.crops(IMAGES, SIZE);
    float[][] expected = rows(GraphInterpreter.output(graph, pixels(crops)));

    try (CompiledNetwork network = new CompiledNetwork(script(backend, graph), SIZE)) {
      assertThat(CompiledNetwork.difference(network.logits(crops), expected)).isLessThan(1e-5);
    }
  }

  private static Script script(Backend backend, Graph graph) {
    return backend == Backend.ONEDNN
        ? OneDnnEmitter.emit(graph, Precision.FLOAT32, SIZE, IMAGES)
        : PortableEmitter.emit(graph, Precision.FLOAT32, SIZE);
  }

  /** Two numbers for each image, in which every place has its own share. */
  private static Node located(Node map) {
    Extent one = Extent.square(1);
    String kernel = "kernel " + channels(map);
    Convolution whole = new Convolution(kernel, "", one, Extent.square(3), 1, Activation.RELU);
    return Node.of(new Linear("linear"), Node.of(new GlobalAveragePool(), Node.of(whole, map)));
  }

  private static int channels(Node map) {
    return Channels.of(new Graph(map, CONSTANTS)).get(map);
  }

  static Stream<Arguments> backendsAndGraphs() {
    return Stream.of(Backend.values())
        .flatMap(
            backend ->
                graphs().entrySet().stream()
                    .map(graph -> Arguments.of(backend, graph.getKey(), graph.getValue())));
  }

  private static Map<String, Node> graphs() {
    Convolution grouped = convolution("grouped", 3, 3);
    Convolution fused =
        new Convolution("grouped", "bias", Extent.square(1), Extent.square(1), 3, Activation.RELU);
    Node positive = Node.of(new Relu(), MAP);
    Node sum = Node.of(fused, OTHER, MAP);
    return Map.ofEntries(
        Map.entry("convolution", MAP),
        Map.entry("grouped", Node.of(grouped, MAP)),
        Map.entry("bias and relu", Node.of(fused, MAP)),
        Map.entry("sum", sum),
        Map.entry("sum that leaves its summand", Node.of(new Concat(), sum, MAP)),
        Map.entry("sum of its own input", Node.of(fused, MAP, MAP)),
        Map.entry("sum without relu", Node.of(grouped, OTHER, MAP)),
        Map.entry("wide stride", Node.of(wideStride(), MAP)),
        Map.entry("batch norm", Node.of(new BatchNorm("bn"), MAP)),
        Map.entry("relu", positive),
        Map.entry("add", Node.of(new Add(), MAP, OTHER)),
        Map.entry("concat", Node.of(new Concat(), MAP, PIXELS)),
        Map.entry("shuffle", Node.of(new ChannelShuffle(3), MAP)),
        Map.entry("shuffle of two", Node.of(new ChannelShuffle(2), MAP)),
        Map.entry("max pool", Node.of(new MaxPool(), MAP)),
        Map.entry("max pool by slices", Node.of(new MaxPoolBySlices(), positive)),
        Map.entry("max pool by slices of a map that lives on", livesOn(positive)),
        Map.entry("max pool of columns", ofColumns()),
        Map.entry("average pool", Node.of(new AveragePool(), MAP)),
        Map.entry("reversed", Node.of(new Planes(), reversed())),
        Map.entry("normalised", Node.of(normalise(), PIXELS)),
        Map.entry("without a column", Node.of(new WithoutFirstColumn(), MAP)),
        Map.entry("split pixels", Node.of(new SplitPixels(3), MAP)));
  }

  private static Node livesOn(Node positive) {
    Node pooled = Node.of(new MaxPoolBySlices(), positive);
    return Node.of(new Concat(), pooled, Node.of(new AveragePool(), positive));
  }

  private static Node ofColumns() {
    return Node.of(new MaxPoolOfColumns(), Node.of(new Relu(), MAP), Node.of(new Relu(), OTHER));
  }

  private static Node reversed() {
    return Node.of(new ReverseColours(), Node.of(new Input()));
  }

  private static Operation normalise() {
    return new Normalise(List.of(10f, 20f, 30f), List.of(2f, 3f, 4f));
  }

  private static Convolution wideStride() {
    return new Convolution(
        "grouped", "bias", new Extent(2, 4), new Extent(1, 0), 3, Activation.NONE);
  }

  private static Convolution convolution(String weight, int side, int groups) {
    Extent one = Extent.square(1);
    return new Convolution(weight, "", one, Extent.square(side / 2), groups, Activation.NONE);
  }

  private static Map<String, Constant> constants() {
    Random random = new Random(3);
    return Map.ofEntries(
        Map.entry("first", numbers(random, 6, 3, 3, 3)),
        Map.entry("other", numbers(random, 6, 3, 3, 3)),
        Map.entry("grouped", numbers(random, 6, 2, 3, 3)),
        Map.entry("bias", numbers(random, 6)),
        Map.entry("bn.weight", numbers(random, 6)),
        Map.entry("bn.bias", numbers(random, 6)),
        Map.entry("bn.running_mean", numbers(random, 6)),
        Map.entry("bn.running_var", numbers(random, 6)),
        Map.entry("kernel 2", numbers(random, 4, 2, 7, 7)),
        Map.entry("kernel 3", numbers(random, 4, 3, 7, 7)),
        Map.entry("kernel 6", numbers(random, 4, 6, 7, 7)),
        Map.entry("kernel 9", numbers(random, 4, 9, 7, 7)),
        Map.entry("kernel 12", numbers(random, 4, 12, 7, 7)),
        Map.entry("linear", numbers(random, 2, 4)));
  }

  /** Between 0 and 1, but for weights of maps, between -0.5 and 0.5. */
  private static Constant numbers(Random random, int... shape) {
    int count = IntStream.of(shape).reduce(1, (one, other) -> one * other);
    double lowest = shape.length == 4 ? -0.5 : 0;
    return new Constant(shape, random.doubles(count, lowest, lowest + 1).toArray());
  }

  private static Constant pixels(List<byte[]> crops) {
    double[] values = new double[IMAGES * SIZE * SIZE * 3];
    for (int index = 0; index < values.length; index++) {
      int length = values.length / IMAGES;
      values[index] = Byte.toUnsignedInt(crops.get(index / length)[index % length]);
    }
    return new Constant(new int[] {IMAGES, SIZE, SIZE, 3}, values);
  }

  private static float[][] rows(Constant logits) {
    int classes = logits.shape()[1];
    float[][] rows = new float[IMAGES][classes];
    for (int index = 0; index < logits.values().length; index++) {
      rows[index / classes][index % classes] = (float) logits.values()[index];
    }
    return rows;
  }
}
