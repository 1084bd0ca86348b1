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
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.shufflenet.spark.checkpoint.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * ShuffleNetV1 as a DJL block, for training and inference. Its input is {@code (N, 3, H, W)}
 * float32, preprocessed pixels in the channel order the weights were trained on, {@code H = W =
 * 224} in the paper; its output are the logits, {@code (N, classes)}.
 *
 * <p>The network is Megvii's code rather than the figure in the paper. It differs in four things:
 * the channel shuffle stands after the depthwise convolution, and goes the other way round (see
 * {@link #shuffle}); the bottleneck is a quarter of the stage's full width in stride-2 units too;
 * and the linear layer has no bias. Average pools count their padding.
 *
 * <p>Every parameter is called as in Megvii's checkpoints, for example {@code
 * features.3.branch_main_1.0.weight}: {@link #getDirectParameters} has them all by those names, in
 * the state dict's order. They lie on the device that the input must be on. Where a normalisation's
 * weight is frozen, it normalises by its running statistics in training too, and leaves them alone.
 *
 * @see <a href="https://arxiv.org/abs/1707.01083">ShuffleNet: An Extremely Efficient Convolutional
 *     Neural Network for Mobile Devices</a>
 * @see <a href="https://github.com/megvii-model/ShuffleNet-Series">Megvii's code</a>
 */
final class ShuffleNetV1 extends AbstractBlock {
  private static final float BATCH_NORM_EPSILON = 1e-5f;

  /** PyTorch's default. */
  static final double BATCH_NORM_MOMENTUM = 0.1;

  private static final int CHANNEL_AXIS = 1;

  private final ConvBn firstConvolution;
  private final List<Unit> units;
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
    firstConvolution = architecture.firstConvolution();
    units = architecture.units();
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
    NDArray images = inputs.singletonOrThrow();
    Pass pass = new Pass(store, training);
    NDArray features = pass.stem(images);
    for (Unit unit : units) {
      NDArray next = pass.unit(features, unit);
      features.close();
      features = next;
    }
    return pass.classify(features);
  }

  /**
   * Views C channels as (C / group, group) and swaps the two; {@code (N, C, H, W)} to the same
   * shape.
   */
  private static NDArray shuffle(NDArray x, int group) {
    Shape shape = x.getShape();
    long channels = shape.get(CHANNEL_AXIS);
    return x.reshape(shape.get(0), channels / group, group, shape.get(2), shape.get(3))
        .swapAxes(1, 2)
        .reshape(shape);
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }

  /** One way through the network, in training or in inference mode. */
  private final class Pass {
    private final ParameterStore store;
    private final boolean training;

    Pass(ParameterStore store, boolean training) {
      this.store = store;
      this.training = training;
    }

    /** {@code (N, 3, H, W)} to {@code (N, first, H / 4, W / 4)}. */
    NDArray stem(NDArray images) {
      return freeingTheRest(
          () -> {
            NDArray features = Activation.relu(convBn(images, firstConvolution));
            return Pool.maxPool2d(features, square(3), square(2), square(1), false);
          });
    }

    /** {@code (N, inputs, H, W)} to {@code (N, outputs, H / stride, W / stride)}. */
    NDArray unit(NDArray x, Unit unit) {
      return freeingTheRest(
          () -> {
            NDArray branch = branch(x, unit);
            return unit.stride() == 1 ? Activation.relu(x.add(branch)) : halved(x, branch);
          });
    }

    /**
     * What is computed on the way would otherwise live as long as the batch, and take most of its
     * memory.
     */
    private static NDArray freeingTheRest(Supplier<NDArray> computation) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray result = computation.get();
        NDScope.unregister(result);
        return result;
      }
    }

    private NDArray branch(NDArray x, Unit unit) {
      NDArray reduced = Activation.relu(convBn(x, unit.reduce()));
      NDArray filtered = convBn(reduced, unit.depthwise());
      return convBn(shuffle(filtered, unit.group()), unit.expand());
    }

    private NDArray halved(NDArray x, NDArray branch) {
      NDArray pooled = Pool.avgPool2d(x, square(3), square(2), square(1), false, true);
      return NDArrays.concat(new NDList(pooled, Activation.relu(branch)), CHANNEL_AXIS);
    }

    /** {@code (N, features, h, w)} to {@code (N, classes)}. */
    NDList classify(NDArray features) {
      NDArray pooled = Pool.globalAvgPool2d(features);
      return Linear.linear(pooled, value(pooled, Architecture.CLASSIFIER_WEIGHT));
    }

    private NDArray convBn(NDArray x, ConvBn layer) {
      NDArray convolved =
          Conv2d.conv2d(
                  x,
                  value(x, layer.weight()),
                  null,
                  square(layer.stride()),
                  square(layer.padding()),
                  square(1),
                  layer.groups())
              .singletonOrThrow();
      return BatchNorm.batchNorm(
              convolved,
              value(x, layer.normalisation() + ".running_mean"),
              value(x, layer.normalisation() + ".running_var"),
              value(x, layer.normalisation() + ".weight"),
              value(x, layer.normalisation() + ".bias"),
              CHANNEL_AXIS,
              (float) (1 - batchNormMomentum), // DJL means what remains of the old value
              BATCH_NORM_EPSILON,
              training && parameters.get(layer.normalisation() + ".weight").requiresGradient())
          .singletonOrThrow();
    }

    private NDArray value(NDArray input, String parameter) {
      return store.getValue(parameters.get(parameter), input.getDevice(), training);
    }
  }
}
