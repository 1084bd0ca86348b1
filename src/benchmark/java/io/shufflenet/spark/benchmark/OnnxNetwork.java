package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.benchmark.OnnxFile.Attributes;
import io.shufflenet.spark.model.graph.Constant;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Operation;
import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.ChannelShuffle;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import io.shufflenet.spark.model.graph.Operation.Linear;
import java.util.IdentityHashMap;

/**
 * A network's graph as an ONNX file, operation for operation as PyTorch's exporter writes them. Of
 * the rewrites' operations it knows those that ONNX has.
 */
final class OnnxNetwork {
  private static final long[] ONE_AROUND = {1, 1, 1, 1};
  private static final long[] THREE = {3, 3};
  private static final long[] TWO = {2, 2};

  private final Graph graph;
  private final int side;
  private final OnnxFile file = new OnnxFile();
  private final IdentityHashMap<Node, Value> values = new IdentityHashMap<>();

  /** A map's name and its size; of a vector the size is 0. */
  private record Value(String name, int channels, int side) {}

  private OnnxNetwork(Graph graph, int side) {
    this.graph = graph;
    this.side = side;
  }

  /**
   * @param graph from normalised pixels to logits, normalisation folded into the convolutions
   * @param side of the square input, in pixels
   * @throws IllegalArgumentException if the graph has an operation that is not written
   */
  static byte[] bytes(Graph graph, int side) {
    return new OnnxNetwork(graph, side).bytes();
  }

  private byte[] bytes() {
    for (Node node : graph.nodes()) {
      values.put(node, value(node, "value" + values.size()));
    }
    Value logits = values.get(graph.output());
    return file.bytes(logits.name, logits.channels, side);
  }

  private Value value(Node node, String name) {
    Operation operation = node.operation();
    if (operation instanceof Operation.Input) {
      return new Value(OnnxFile.INPUT, 3, side);
    }
    Value input = values.get(node.input());
    if (operation instanceof Convolution convolution) {
      return convolution(convolution, node, name);
    }
    if (operation instanceof ChannelShuffle shuffle) {
      return shuffle(shuffle.groups(), input, name);
    }
    if (operation instanceof Linear linear) {
      return linear(linear, input, name);
    }
    return plain(operation, node, name);
  }

  private Value plain(Operation operation, Node node, String name) {
    Value input = values.get(node.input());
    if (operation instanceof Operation.Relu) {
      file.node("Relu", name, Attributes.of(), input.name);
      return new Value(name, input.channels, input.side);
    }
    if (operation instanceof Operation.MaxPool) {
      file.node("MaxPool", name, pooling(), input.name);
      return new Value(name, input.channels, input.side / 2);
    }
    if (operation instanceof Operation.AveragePool) {
      file.node("AveragePool", name, countingPadding(), input.name);
      return new Value(name, input.channels, input.side / 2);
    }
    if (operation instanceof Operation.GlobalAveragePool) {
      file.node("GlobalAveragePool", name + ".map", Attributes.of(), input.name);
      file.node("Flatten", name, Attributes.of(Attributes.integer("axis", 1)), name + ".map");
      return new Value(name, input.channels, 0);
    }
    return ofTwo(operation, input, values.get(node.inputs().get(node.inputs().size() - 1)), name);
  }

  private Value ofTwo(Operation operation, Value first, Value second, String name) {
    if (operation instanceof Operation.Add) {
      file.node("Add", name, Attributes.of(), first.name, second.name);
      return new Value(name, first.channels, first.side);
    }
    if (operation instanceof Operation.Concat) {
      Attributes channelAxis = Attributes.of(Attributes.integer("axis", 1));
      file.node("Concat", name, channelAxis, first.name, second.name);
      return new Value(name, first.channels + second.channels, first.side);
    }
    throw new IllegalArgumentException("Cannot write " + operation + " as ONNX: it has no such");
  }

  private static Attributes pooling() {
    return Attributes.of(
        Attributes.integers("kernel_shape", THREE),
        Attributes.integers("strides", TWO),
        Attributes.integers("pads", ONE_AROUND));
  }

  private static Attributes countingPadding() {
    return Attributes.of(
        Attributes.integers("kernel_shape", THREE),
        Attributes.integers("strides", TWO),
        Attributes.integers("pads", ONE_AROUND),
        Attributes.integer("count_include_pad", 1));
  }

  private Value convolution(Convolution convolution, Node node, String name) {
    if (convolution.activation() != Activation.NONE || node.inputs().size() > 1) {
      throw new IllegalArgumentException("Cannot write " + node + " as ONNX: it is fused");
    }
    Value input = values.get(node.input());
    Constant weight = constant(convolution.weight());
    Attributes attributes = attributes(convolution, weight.shape());
    if (convolution.hasBias()) {
      Constant unused = constant(convolution.bias());
      file.node("Conv", name, attributes, input.name, convolution.weight(), convolution.bias());
    } else {
      file.node("Conv", name, attributes, input.name, convolution.weight());
    }
    return new Value(name, weight.shape()[0], input.side / convolution.stride().height());
  }

  private static Attributes attributes(Convolution convolution, int[] shape) {
    int rows = convolution.padding().height();
    int columns = convolution.padding().width();
    return Attributes.of(
        Attributes.integers("kernel_shape", shape[2], shape[3]),
        Attributes.integers("strides", convolution.stride().height(), convolution.stride().width()),
        Attributes.integers("pads", rows, columns, rows, columns),
        Attributes.integer("group", convolution.groups()));
  }

  private Value shuffle(int groups, Value input, String name) {
    int size = input.side;
    file.shape(name + ".split", 0, input.channels / groups, groups, size, size);
    file.shape(name + ".merged", 0, input.channels, size, size);
    file.node("Reshape", name + ".view", Attributes.of(), input.name, name + ".split");
    file.node(
        "Transpose",
        name + ".swapped",
        Attributes.of(Attributes.integers("perm", 0, 2, 1, 3, 4)),
        name + ".view");
    file.node("Reshape", name, Attributes.of(), name + ".swapped", name + ".merged");
    return new Value(name, input.channels, size);
  }

  private Value linear(Linear linear, Value input, String name) {
    Attributes transposed = Attributes.of(Attributes.integer("transB", 1));
    file.node("Gemm", name, transposed, input.name, linear.weight());
    return new Value(name, constant(linear.weight()).shape()[0], 0);
  }

  /** Writes what an operation names, for no other does. */
  private Constant constant(String name) {
    Constant constant = graph.constant(name);
    file.constant(name, constant.shape(), constant.values());
    return constant;
  }
}
