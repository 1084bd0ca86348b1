package io.shufflenet.spark.model.torchscript;

import io.shufflenet.spark.model.graph.Channels;
import io.shufflenet.spark.model.graph.Constant;
import io.shufflenet.spark.model.graph.Extent;
import io.shufflenet.spark.model.graph.Extents;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Operation;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph as TorchScript, a statement or a few for each value. Maps are channels last
 * throughout, by their strides: pixels come so, and no operation changes it. How convolutions are
 * written is what emitters differ in.
 */
abstract class Emitter {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;
  private static final String CHANNELS_LAST = "2";

  private final Graph graph;
  private final Precision precision;
  private final ScriptText text;
  private final Map<Node, Extent> extents;
  private final Map<Node, Integer> channels;
  private final Map<Node, String> names = new HashMap<>();
  private final Map<Node, Node> lastUsers;
  private final Map<Class<? extends Operation>, Statement<Operation>> statements = new HashMap<>();

  /** Writes what computes a node's value, and tells what the value is called. */
  private interface Statement<T extends Operation> {
    String write(Node node, T operation);
  }

  Emitter(Graph graph, Precision precision, int inputSize) {
    this.graph = graph;
    this.precision = precision;
    this.text = new ScriptText();
    this.extents = Extents.of(graph, inputSize);
    this.channels = Channels.of(graph);
    this.lastUsers = Graph.lastUsers(graph.nodes());
    asTrained();
    asRewritten();
  }

  final Script script() {
    for (Node node : graph.nodes()) {
      names.put(node, statements.get(node.operation().getClass()).write(node, node.operation()));
    }
    return text.script(names.get(graph.output()));
  }

  /** Writes the statements that convolve, and tells what the result is called. */
  abstract String convolution(Node node, Convolution convolution);

  final Graph graph() {
    return graph;
  }

  final ScriptText text() {
    return text;
  }

  final Extent extent(Node node) {
    return extents.get(node);
  }

  final int channels(Node node) {
    return channels.get(node);
  }

  final String input(Node node, int index) {
    return names.get(node.inputs().get(index));
  }

  /** Whether nothing needs the input any more once the node has its value. */
  final boolean isLastUse(Node node, int index) {
    return lastUsers.get(node.inputs().get(index)) == node;
  }

  private <T extends Operation> void on(Class<T> kind, Statement<T> statement) {
    statements.put(kind, (node, operation) -> statement.write(node, kind.cast(operation)));
  }

  private void asTrained() {
    on(Input.class, (node, pixels) -> ScriptText.INPUT);
    on(Convolution.class, this::convolution);
    on(BatchNorm.class, this::batchNorm);
    on(Relu.class, (node, relu) -> text.assign("torch.relu(%s)", input(node, 0)));
    on(Add.class, (node, add) -> text.assign("torch.add(%s, %s)", input(node, 0), input(node, 1)));
    on(
        Concat.class,
        (node, concat) -> text.assign("torch.cat([%s, %s], 1)", input(node, 0), input(node, 1)));
    on(ChannelShuffle.class, this::shuffle);
    on(
        MaxPool.class,
        (node, pool) ->
            text.assign(
                "torch.max_pool2d(%s, [3, 3], [2, 2], [1, 1], [1, 1], False)", input(node, 0)));
    on(
        AveragePool.class,
        (node, pool) ->
            text.assign(
                "torch.avg_pool2d(%s, [3, 3], [2, 2], [1, 1], False, True, None)", input(node, 0)));
    on(
        GlobalAveragePool.class,
        (node, pool) ->
            text.assign(
                "torch.mean(%s, [2, 3], False, dtype=%s)",
                input(node, 0), Precision.FLOAT32.scalarType()));
    on(
        Linear.class,
        (node, linear) ->
            text.assign(
                "torch.linear(%s, %s)",
                input(node, 0), text.constant(graph.constant(linear.weight()), Precision.FLOAT32)));
  }

  private void asRewritten() {
    on(ReverseColours.class, (node, reverse) -> text.assign("torch.flip(%s, [3])", input(node, 0)));
    on(Planes.class, this::planes);
    on(Normalise.class, this::normalise);
    on(
        MaxPoolBySlices.class,
        (node, pool) -> everySecond(everySecond(input(node, 0), ROWS), COLUMNS));
    on(
        MaxPoolOfColumns.class,
        (node, pool) -> everySecond(ofColumns(input(node, 0), input(node, 1)), ROWS));
    on(
        WithoutFirstColumn.class,
        (node, cut) ->
            text.assign(
                "torch.contiguous(%s, memory_format=%s)",
                ScriptText.slice(input(node, 0), COLUMNS, 1, 1), CHANNELS_LAST));
    on(SplitPixels.class, this::splitPixels);
  }

  private String batchNorm(Node node, BatchNorm norm) {
    return text.assign(
        "torch.batch_norm(%s, %s, %s, %s, %s, False, 0., %s, False)",
        input(node, 0),
        constant(norm.name() + ".weight"),
        constant(norm.name() + ".bias"),
        constant(norm.name() + ".running_mean"),
        constant(norm.name() + ".running_var"),
        BatchNorm.EPSILON);
  }

  final String constant(String name) {
    return text.constant(graph.constant(name), precision);
  }

  private String shuffle(Node node, ChannelShuffle shuffle) {
    int parts = channels.get(node) / shuffle.groups();
    return text.assign("torch.channel_shuffle(%s, %s)", input(node, 0), parts);
  }

  private String planes(Node node, Planes planes) {
    boolean normalised = lastUsers.get(node).operation() instanceof Normalise;
    Precision type = normalised ? Precision.FLOAT32 : precision;
    return text.assign(
        "torch.to(torch.permute(%s, [0, 3, 1, 2]), %s)", input(node, 0), type.scalarType());
  }

  /** In float32: pixels less their mean have more digits than the shorter formats. */
  private String normalise(Node node, Normalise normalise) {
    String centred = text.assign("torch.sub(%s, %s)", input(node, 0), colours(normalise.mean()));
    boolean whole = normalise.deviation().stream().allMatch(deviation -> deviation == 1);
    String normalised =
        whole ? centred : text.assign("torch.div(%s, %s)", centred, colours(normalise.deviation()));
    return precision == Precision.FLOAT32
        ? normalised
        : text.assign("torch.to(%s, %s)", normalised, precision.scalarType());
  }

  private String colours(List<Float> values) {
    double[] doubles = values.stream().mapToDouble(Float::doubleValue).toArray();
    Constant constant = new Constant(new int[] {1, doubles.length, 1, 1}, doubles);
    return text.constant(constant, Precision.FLOAT32);
  }

  private String splitPixels(Node node, SplitPixels split) {
    Extent extent = extents.get(node);
    String pixels = text.assign("torch.permute(%s, [0, 2, 3, 1])", input(node, 0));
    return text.assign(
        "torch.permute(torch.view(%s, [-1, %s, %s, %s]), [0, 3, 1, 2])",
        pixels, extent.height(), extent.width(), channels.get(node));
  }

  /** The maxima over three values around every second one; what lies outside counts as nothing. */
  private String everySecond(String map, int dimension) {
    String maxima =
        text.assign(
            "torch.maximum(%s, %s)",
            ScriptText.slice(map, dimension, 0, 2), ScriptText.slice(map, dimension, 1, 2));
    String inner = text.assign("%s", ScriptText.slice(maxima, dimension, 1, 1));
    text.run(
        "torch.maximum(%s, torch.slice(%s, %s, 1, -1, 2), out=%s)", inner, map, dimension, inner);
    return maxima;
  }

  /** The same over columns of which the even and the odd ones are apart. */
  private String ofColumns(String even, String odd) {
    String maxima = text.assign("torch.maximum(%s, %s)", even, odd);
    String inner = text.assign("%s", ScriptText.slice(maxima, COLUMNS, 1, 1));
    text.run("torch.maximum(%s, torch.slice(%s, 3, 0, -1, 1), out=%s)", inner, odd, inner);
    return maxima;
  }
}
