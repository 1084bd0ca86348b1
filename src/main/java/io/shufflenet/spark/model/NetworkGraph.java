package io.shufflenet.spark.model;

import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.model.graph.Constant;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Node;
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
import io.shufflenet.spark.model.graph.Operation.Normalise;
import io.shufflenet.spark.model.graph.Operation.Planes;
import io.shufflenet.spark.model.graph.Operation.Relu;
import io.shufflenet.spark.model.graph.Operation.ReverseColours;
import java.util.HashMap;
import java.util.Map;

/**
 * The one description of what ShuffleNetV1 computes: the block runs it operation by operation, the
 * compiler rewrites it.
 *
 * <p>The network is Megvii's code rather than the figure in the paper. It differs in four things:
 * the channel shuffle stands after the depthwise convolution, and goes the other way round; the
 * bottleneck is a quarter of the stage's full width in stride-2 units too; and the linear layer has
 * no bias.
 *
 * @see <a href="https://arxiv.org/abs/1707.01083">ShuffleNet: An Extremely Efficient Convolutional
 *     Neural Network for Mobile Devices</a>
 * @see <a href="https://github.com/megvii-model/ShuffleNet-Series">Megvii's code</a>
 */
final class NetworkGraph {
  private NetworkGraph() {}

  /** Logits {@code (N, classes)} of normalised pixels {@code (N, 3, H, W)}. */
  static Node logits(Architecture architecture, Node pixels) {
    return logits(pooled(architecture, pixels));
  }

  private static Node logits(Node pooled) {
    return Node.of(new Linear(Architecture.CLASSIFIER_WEIGHT), pooled);
  }

  /** What the linear layer takes: {@code (N, features)}. */
  private static Node pooled(Architecture architecture, Node pixels) {
    Node stem = Node.of(new Relu(), convBn(architecture.firstConvolution(), pixels));
    Node features = Node.of(new MaxPool(), stem);
    for (Unit unit : architecture.units()) {
      features = unit(unit, features);
    }
    return Node.of(new GlobalAveragePool(), features);
  }

  /** {@code (N, inputs, H, W)} to {@code (N, outputs, H / stride, W / stride)}. */
  private static Node unit(Unit unit, Node x) {
    Node reduced = Node.of(new Relu(), convBn(unit.reduce(), x));
    Node filtered = convBn(unit.depthwise(), reduced);
    Node shuffled = Node.of(new ChannelShuffle(unit.group()), filtered);
    Node branch = convBn(unit.expand(), shuffled);
    return unit.stride() == 1
        ? Node.of(new Relu(), Node.of(new Add(), x, branch))
        : Node.of(new Concat(), Node.of(new AveragePool(), x), Node.of(new Relu(), branch));
  }

  private static Node convBn(ConvBn layer, Node x) {
    Convolution convolution =
        new Convolution(layer.weight(), layer.stride(), layer.padding(), layer.groups());
    return Node.of(new BatchNorm(layer.normalisation()), Node.of(convolution, x));
  }

  /**
   * The whole network on crops as they come: pixels {@code (N, H, W, 3)} of 0..255 to a row of
   * {@code output} for each.
   *
   * @param preprocessing whose mean and deviation normalise the pixels
   * @param pixels the order of a pixel's three values
   */
  static Graph ofPixels(
      Weights weights, Preprocessing preprocessing, ChannelOrder pixels, NetworkOutput output) {
    Node given = Node.of(new Input());
    Node ordered =
        pixels == preprocessing.channels() ? given : Node.of(new ReverseColours(), given);
    Node normalised =
        Node.of(
            new Normalise(preprocessing.mean(), preprocessing.deviation()),
            Node.of(new Planes(), ordered));
    Node pooled = pooled(weights.architecture(), normalised);
    Node logits = logits(pooled);
    Node row = output == NetworkOutput.LOGITS ? logits : Node.of(new Concat(), logits, pooled);
    return new Graph(row, constants(weights));
  }

  private static Map<String, Constant> constants(Weights weights) {
    Map<String, Constant> constants = new HashMap<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!Architecture.isBatchCount(name)) {
                constants.put(name, constant(tensor));
              }
            });
    return constants;
  }

  private static Constant constant(Tensor tensor) {
    float[] floats = tensor.toFloats();
    double[] values = new double[floats.length];
    for (int index = 0; index < values.length; index++) {
      values[index] = floats[index];
    }
    return new Constant(tensor.shape(), values);
  }
}
