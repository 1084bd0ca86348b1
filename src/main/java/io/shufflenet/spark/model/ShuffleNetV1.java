package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.model.graph.Extent;
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
import io.shufflenet.spark.model.graph.Operation.MaxPool;
import io.shufflenet.spark.model.graph.Operation.Relu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ShuffleNetV1 as a DJL block, for training and inference. Its input is {@code (N, 3, H, W)}
 * float32, preprocessed pixels in the channel order the weights were trained on, {@code H = W =
 * 224} in the paper; its output are the logits, {@code (N, classes)}.
 *
 * <p>What it computes is what {@link NetworkGraph} describes, operation by operation.
 *
 * <p>Every parameter is called as in Megvii's checkpoints, for example {@code
 * features.3.branch_main_1.0.weight}: {@link #getDirectParameters} has them all by those names, in
 * the state dict's order. They lie on the device that the input must be on. Where a normalisation's
 * weight is frozen, it normalises by its running statistics in training too, and leaves them alone.
 */
final class ShuffleNetV1 extends AbstractBlock {
  /** PyTorch's default. */
  static final double BATCH_NORM_MOMENTUM = 0.1;

  private static final int CHANNEL_AXIS = 1;

  private final List<Node> nodes;
  private final Map<Node, Node> lastUsers;
  private final int classes;
  private double batchNormMomentum = BATCH_NORM_MOMENTUM;

  /**
   * A network that holds {@code stateDict}, in arrays of {@code manager} and on its device.
   *
   * @param stateDict what {@link Architecture#stateDict} lists; the counts of batches are left out
   */
  ShuffleNetV1(NDManager manager, Architecture architecture, Map<String, Tensor> stateDict) {
    this(manager, architecture, stateDict, DataType.FLOAT32);
  }

  /** Computes in {@code type}, which the input must be of. */
  ShuffleNetV1(
      NDManager manager, Architecture architecture, Map<String, Tensor> stateDict, DataType type) {
    nodes = Graph.inOrder(NetworkGraph.logits(architecture, Node.of(new Input())));
    lastUsers = Graph.lastUsers(nodes);
    classes = stateDict.get(Architecture.CLASSIFIER_WEIGHT).shape()[0];
    stateDict.forEach(
        (name, tensor) -> {
          if (!Architecture.isBatchCount(name)) {
            addParameter(parameter(name, DeviceTensors.create(manager, tensor, type)));
          }
        });
  }

  private static Parameter parameter(String name, NDArray value) {
    Parameter parameter =
        Parameter.builder()
            .setName(name)
            .setType(type(name, value.getShape()))
            .optRequiresGrad(!Architecture.isStatistic(name))
            .build();
    parameter.setArray(value);
    return parameter;
  }

  private static Parameter.Type type(String name, Shape shape) {
    if (name.endsWith(".running_mean")) {
      return Parameter.Type.RUNNING_MEAN;
    }
    if (name.endsWith(".running_var")) {
      return Parameter.Type.RUNNING_VAR;
    }
    if (name.endsWith(".bias")) {
      return Parameter.Type.BETA;
    }
    return shape.dimension() == 1 ? Parameter.Type.GAMMA : Parameter.Type.WEIGHT;
  }

  /**
   * Sets the share of a batch's mean and variance in the running ones, which each training pass
   * updates: PyTorch's {@code momentum}. At 1 / i in the i-th pass they become the plain averages.
   */
  void batchNormMomentum(double momentum) {
    batchNormMomentum = momentum;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    Pass pass = new Pass(store, training);
    Map<Node, NDArray> values = new HashMap<>();
    for (Node node : nodes) {
      values.put(node, pass.value(node, values, inputs.singletonOrThrow()));
      release(node, values);
    }
    return new NDList(values.get(nodes.get(nodes.size() - 1)));
  }

  /** What no later node needs would otherwise live as long as the batch. */
  private void release(Node node, Map<Node, NDArray> values) {
    for (Node input : node.inputs()) {
      boolean ours = !(input.operation() instanceof Input);
      if (ours && lastUsers.get(input) == node) {
        values.remove(input).close();
      }
    }
  }

  /**
   * Views C channels as (C / groups, groups) and swaps the two; {@code (N, C, H, W)} to the same
   * shape.
   */
  private static NDArray shuffle(NDArray x, int groups) {
    Shape shape = x.getShape();
    long channels = shape.get(CHANNEL_AXIS);
    return x.reshape(shape.get(0), channels / groups, groups, shape.get(2), shape.get(3))
        .swapAxes(1, 2)
        .reshape(shape);
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }

  private static Shape shape(Extent extent) {
    return new Shape(extent.height(), extent.width());
  }

  /** One way through the network, in training or in inference mode. */
  private final class Pass {
    private final ParameterStore store;
    private final boolean training;

    Pass(ParameterStore store, boolean training) {
      this.store = store;
      this.training = training;
    }

    /** Computes a node, and frees what it computed on the way. */
    NDArray value(Node node, Map<Node, NDArray> values, NDArray images) {
      if (node.operation() instanceof Input) {
        return images;
      }
      NDArray x = values.get(node.input());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray result =
            node.inputs().size() == 1
                ? ofOne(node.operation(), x)
                : ofTwo(node.operation(), x, values.get(node.inputs().get(1)));
        NDScope.unregister(result);
        return result;
      }
    }

    private NDArray ofOne(Operation operation, NDArray x) {
      if (operation instanceof Convolution convolution) {
        return convolution(convolution, x);
      }
      if (operation instanceof BatchNorm norm) {
        return batchNorm(norm, x);
      }
      if (operation instanceof Relu) {
        return Activation.relu(x);
      }
      if (operation instanceof ChannelShuffle shuffle) {
        return shuffle(x, shuffle.groups());
      }
      if (operation instanceof MaxPool) {
        return Pool.maxPool2d(x, square(3), square(2), square(1), false);
      }
      if (operation instanceof AveragePool) {
        return Pool.avgPool2d(x, square(3), square(2), square(1), false, true);
      }
      if (operation instanceof GlobalAveragePool) {
        return Pool.globalAvgPool2d(x);
      }
      if (operation instanceof Operation.Linear linear) {
        return linear(linear, x);
      }
      throw unknown(operation);
    }

    private NDArray ofTwo(Operation operation, NDArray x, NDArray y) {
      if (operation instanceof Add) {
        return x.add(y);
      }
      if (operation instanceof Concat) {
        return NDArrays.concat(new NDList(x, y), CHANNEL_AXIS);
      }
      throw unknown(operation);
    }

    private NDArray linear(Operation.Linear linear, NDArray x) {
      return Linear.linear(x, value(x, linear.weight())).singletonOrThrow();
    }

    private NDArray convolution(Convolution convolution, NDArray x) {
      return Conv2d.conv2d(
              x,
              value(x, convolution.weight()),
              null,
              shape(convolution.stride()),
              shape(convolution.padding()),
              square(1),
              convolution.groups())
          .singletonOrThrow();
    }

    private NDArray batchNorm(BatchNorm norm, NDArray x) {
      return ai.djl.nn.norm.BatchNorm.batchNorm(
              x,
              value(x, norm.name() + ".running_mean"),
              value(x, norm.name() + ".running_var"),
              value(x, norm.name() + ".weight"),
              value(x, norm.name() + ".bias"),
              CHANNEL_AXIS,
              (float) (1 - batchNormMomentum), // DJL means what remains of the old value
              (float) BatchNorm.EPSILON,
              training && parameters.get(norm.name() + ".weight").requiresGradient())
          .singletonOrThrow();
    }

    private NDArray value(NDArray input, String parameter) {
      return store.getValue(parameters.get(parameter), input.getDevice(), training);
    }
  }

  private static IllegalStateException unknown(Operation operation) {
    return new IllegalStateException("Cannot compute " + operation + ": it comes of rewriting");
  }
}
