package io.shufflenet.spark.model.graph;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What a graph computes, in double precision: slow, and obvious rather than fast. Every element of
 * a result follows from a formula of its place.
 */
public final class GraphInterpreter {
  private final Graph graph;
  private final Map<Node, Constant> values = new HashMap<>();
  private final Map<Class<? extends Operation>, Formula<Operation>> formulas = new HashMap<>();

  /** What an operation makes of its node's inputs. */
  private interface Formula<T extends Operation> {
    Constant value(Node node, T operation);
  }

  /** An element of a map by its place. */
  private interface Element {
    double at(int image, int channel, int row, int column);
  }

  private GraphInterpreter(Graph graph) {
    this.graph = graph;
    on(Convolution.class, this::convolution);
    on(BatchNorm.class, this::batchNorm);
    on(Relu.class, (node, relu) -> like(first(node), at(first(node), v -> Math.max(v, 0))));
    on(Add.class, (node, add) -> like(first(node), sum(first(node), second(node))));
    on(Concat.class, this::concat);
    on(ChannelShuffle.class, this::shuffle);
    on(MaxPool.class, (node, pool) -> maxPool(first(node)));
    on(MaxPoolBySlices.class, (node, pool) -> maxPool(first(node)));
    on(MaxPoolOfColumns.class, (node, pool) -> maxPool(interleaved(first(node), second(node))));
    on(AveragePool.class, (node, pool) -> averagePool(first(node)));
    on(GlobalAveragePool.class, (node, pool) -> means(first(node)));
    on(Linear.class, this::linear);
    on(ReverseColours.class, (node, reverse) -> reversed(first(node)));
    on(Planes.class, (node, planes) -> planes(first(node)));
    on(Normalise.class, this::normalise);
    on(WithoutFirstColumn.class, (node, cut) -> withoutFirstColumn(first(node)));
    on(SplitPixels.class, this::splitPixels);
  }

  private <T extends Operation> void on(Class<T> kind, Formula<T> formula) {
    formulas.put(kind, (node, operation) -> formula.value(node, kind.cast(operation)));
  }

  /** The graph's output for that input. */
  public static Constant output(Graph graph, Constant input) {
    return values(graph, input).get(graph.output());
  }

  /** Every value on the way to it. */
  public static Map<Node, Constant> values(Graph graph, Constant input) {
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    for (Node node : graph.nodes()) {
      interpreter.values.put(
          node,
          node.operation() instanceof Input
              ? input
              : interpreter
                  .formulas
                  .get(node.operation().getClass())
                  .value(node, node.operation()));
    }
    return interpreter.values;
  }

  private Constant first(Node node) {
    return values.get(node.input());
  }

  private Constant second(Node node) {
    return values.get(node.inputs().get(1));
  }

  private Constant convolution(Node node, Convolution convolution) {
    Constant x = first(node);
    Constant weight = graph.constant(convolution.weight());
    int outputs = weight.shape()[0];
    int perGroup = weight.shape()[1];
    Extent stride = convolution.stride();
    Extent padding = convolution.padding();
    int rows = (x.shape()[2] + 2 * padding.height() - weight.shape()[2]) / stride.height() + 1;
    int columns = (x.shape()[3] + 2 * padding.width() - weight.shape()[3]) / stride.width() + 1;
    Element products =
        (image, channel, row, column) -> {
          int firstInput = channel / (outputs / convolution.groups()) * perGroup;
          double sum = 0;
          for (int input = 0; input < perGroup; input++) {
            for (int y = 0; y < weight.shape()[2]; y++) {
              for (int z = 0; z < weight.shape()[3]; z++) {
                int fromRow = row * stride.height() - padding.height() + y;
                int fromColumn = column * stride.width() - padding.width() + z;
                sum +=
                    at(weight, channel, input, y, z)
                        * within(x, image, firstInput + input, fromRow, fromColumn, 0);
              }
            }
          }
          return sum;
        };
    Element biased =
        convolution.hasBias()
            ? plus(products, graph.constant(convolution.bias()).values())
            : products;
    Constant result = map(x.shape()[0], outputs, rows, columns, biased);
    if (node.inputs().size() == 2) {
      result = like(result, sum(result, second(node)));
    }
    return convolution.activation() == Activation.RELU
        ? like(result, at(result, v -> Math.max(v, 0)))
        : result;
  }

  private static Element plus(Element map, double[] bias) {
    return (image, channel, row, column) -> map.at(image, channel, row, column) + bias[channel];
  }

  private Constant batchNorm(Node node, BatchNorm norm) {
    double[] gamma = graph.constant(norm.name() + ".weight").values();
    double[] beta = graph.constant(norm.name() + ".bias").values();
    double[] mean = graph.constant(norm.name() + ".running_mean").values();
    double[] variance = graph.constant(norm.name() + ".running_var").values();
    Constant x = first(node);
    return like(
        x,
        (n, c, h, w) ->
            (at(x, n, c, h, w) - mean[c]) / Math.sqrt(variance[c] + 1e-5) * gamma[c] + beta[c]);
  }

  private Constant concat(Node node, Concat concat) {
    Constant x = asMap(first(node));
    Constant y = asMap(second(node));
    int channels = x.shape()[1];
    Constant both =
        map(
            x.shape()[0],
            channels + y.shape()[1],
            x.shape()[2],
            x.shape()[3],
            (n, c, h, w) -> c < channels ? at(x, n, c, h, w) : at(y, n, c - channels, h, w));
    return new Constant(Arrays.copyOf(both.shape(), first(node).shape().length), both.values());
  }

  /** A vector is a map of one pixel. */
  private static Constant asMap(Constant value) {
    int[] shape = value.shape();
    return shape.length == 4
        ? value
        : new Constant(new int[] {shape[0], shape[1], 1, 1}, value.values());
  }

  private Constant shuffle(Node node, ChannelShuffle shuffle) {
    Constant x = first(node);
    int groups = shuffle.groups();
    int parts = x.shape()[1] / groups;
    return like(x, (n, c, h, w) -> at(x, n, c % parts * groups + c / parts, h, w));
  }

  private static Constant maxPool(Constant x) {
    return map(
        x.shape()[0],
        x.shape()[1],
        (x.shape()[2] + 1) / 2,
        (x.shape()[3] + 1) / 2,
        (n, c, h, w) -> {
          double largest = Double.NEGATIVE_INFINITY;
          for (int row = 2 * h - 1; row <= 2 * h + 1; row++) {
            for (int column = 2 * w - 1; column <= 2 * w + 1; column++) {
              largest = Math.max(largest, within(x, n, c, row, column, Double.NEGATIVE_INFINITY));
            }
          }
          return largest;
        });
  }

  private static Constant interleaved(Constant even, Constant odd) {
    return map(
        even.shape()[0],
        even.shape()[1],
        even.shape()[2],
        even.shape()[3] + odd.shape()[3],
        (n, c, h, w) -> at(w % 2 == 0 ? even : odd, n, c, h, w / 2));
  }

  private static Constant averagePool(Constant x) {
    return map(
        x.shape()[0],
        x.shape()[1],
        (x.shape()[2] + 1) / 2,
        (x.shape()[3] + 1) / 2,
        (n, c, h, w) -> {
          double sum = 0;
          for (int row = 2 * h - 1; row <= 2 * h + 1; row++) {
            for (int column = 2 * w - 1; column <= 2 * w + 1; column++) {
              sum += within(x, n, c, row, column, 0);
            }
          }
          return sum / 9;
        });
  }

  private static Constant means(Constant x) {
    int area = x.shape()[2] * x.shape()[3];
    double[] means = new double[x.shape()[0] * x.shape()[1]];
    for (int index = 0; index < means.length; index++) {
      for (int place = 0; place < area; place++) {
        means[index] += x.values()[index * area + place] / area;
      }
    }
    return new Constant(new int[] {x.shape()[0], x.shape()[1]}, means);
  }

  private Constant linear(Node node, Linear linear) {
    Constant x = first(node);
    Constant weight = graph.constant(linear.weight());
    int inputs = weight.shape()[1];
    int outputs = weight.shape()[0];
    double[] logits = new double[x.shape()[0] * outputs];
    for (int index = 0; index < logits.length; index++) {
      for (int input = 0; input < inputs; input++) {
        logits[index] +=
            x.values()[index / outputs * inputs + input]
                * weight.values()[index % outputs * inputs + input];
      }
    }
    return new Constant(new int[] {x.shape()[0], outputs}, logits);
  }

  /** Of pixels, the last dimension is that of the colours. */
  private static Constant reversed(Constant x) {
    return like(x, (image, row, column, colour) -> at(x, image, row, column, 2 - colour));
  }

  private static Constant planes(Constant x) {
    return map(x.shape()[0], 3, x.shape()[1], x.shape()[2], (n, c, h, w) -> at(x, n, h, w, c));
  }

  private Constant normalise(Node node, Normalise normalise) {
    Constant x = first(node);
    return like(
        x,
        (n, c, h, w) ->
            (at(x, n, c, h, w) - normalise.mean().get(c)) / normalise.deviation().get(c));
  }

  private static Constant withoutFirstColumn(Constant x) {
    return map(
        x.shape()[0],
        x.shape()[1],
        x.shape()[2],
        x.shape()[3] - 1,
        (n, c, h, w) -> at(x, n, c, h, w + 1));
  }

  private Constant splitPixels(Node node, SplitPixels split) {
    Constant x = first(node);
    int parts = split.parts();
    int channels = x.shape()[1] / parts;
    return map(
        x.shape()[0],
        channels,
        x.shape()[2],
        x.shape()[3] * parts,
        (n, c, h, w) -> at(x, n, w % parts * channels + c, h, w / parts));
  }

  private static Element at(Constant x, DoubleUnaryOperator function) {
    return (n, c, h, w) -> function.applyAsDouble(at(x, n, c, h, w));
  }

  private static Element sum(Constant x, Constant y) {
    return (n, c, h, w) -> at(x, n, c, h, w) + at(y, n, c, h, w);
  }

  private static double at(Constant x, int first, int second, int third, int fourth) {
    int[] shape = x.shape();
    return x.values()[((first * shape[1] + second) * shape[2] + third) * shape[3] + fourth];
  }

  private static double within(
      Constant x, int image, int channel, int row, int column, double outside) {
    boolean inside = row >= 0 && row < x.shape()[2] && column >= 0 && column < x.shape()[3];
    return inside ? at(x, image, channel, row, column) : outside;
  }

  private static Constant like(Constant x, Element element) {
    return map(x.shape()[0], x.shape()[1], x.shape()[2], x.shape()[3], element);
  }

  private static Constant map(int images, int channels, int rows, int columns, Element element) {
    double[] values = new double[images * channels * rows * columns];
    for (int index = 0; index < values.length; index++) {
      int row = index / columns;
      int channel = row / rows;
      values[index] =
          element.at(channel / channels, channel % channels, row % rows, index % columns);
    }
    return new Constant(new int[] {images, channels, rows, columns}, values);
  }
}
