package io.shufflenet.spark.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network under training, on one device. Every method must be called by the thread that loaded
 * it, which computes on all processors; the library lets one network of a JVM be trained at a time.
 *
 * <p>Crops are HWC bytes as {@link Preprocessing} makes them, one after the other in a direct
 * buffer.
 */
public final class TrainableNetwork implements AutoCloseable {
  private final Engine engine;
  private final NDManager manager;
  private final Weights start;
  private final ShuffleNetV1 network;
  private final PixelInput pixelInput;
  private final Sgd optimizer;
  private final double labelSmoothing;
  private long trainingPasses;

  private TrainableNetwork(
      Engine engine,
      NDManager manager,
      Weights start,
      Preprocessing preprocessing,
      TrainableSettings settings,
      DataType type) {
    this.engine = engine;
    this.manager = manager;
    this.start = start;
    network = new ShuffleNetV1(manager, start.architecture(), start.tensors(), type);
    pixelInput = new PixelInput(manager, preprocessing);
    optimizer = new Sgd(manager, settings.sgd(), learned(settings.firstTrained()));
    labelSmoothing = settings.labelSmoothing();
  }

  /**
   * Copies the weights to the device.
   *
   * @throws IllegalStateException if libtorch cannot be loaded on this host, or the device not be
   *     used
   */
  public static TrainableNetwork load(
      Weights start,
      Preprocessing preprocessing,
      ComputeDevice device,
      TrainableSettings settings) {
    return load(start, preprocessing, device, settings, DataType.FLOAT32);
  }

  static TrainableNetwork load(
      Weights start,
      Preprocessing preprocessing,
      ComputeDevice device,
      TrainableSettings settings,
      DataType type) {
    Engine engine = Libtorch.engine();
    JniUtils.setNumThreads(Runtime.getRuntime().availableProcessors());
    JniUtils.setGradMode(false); // the gradient collector switches it on where it is needed
    NDManager manager = engine.newBaseManager(device.device());
    try {
      return new TrainableNetwork(engine, manager, start, preprocessing, settings, type);
    } catch (EngineException e) {
      manager.close();
      JniUtils.setNumThreads(1);
      throw new IllegalStateException(
          "Cannot train %s on %s of %s: %s"
              .formatted(start.architecture().name(), device, Host.name(), e.getMessage()),
          e);
    }
  }

  /** Freezes what stands before the first trained stage; the others get gradients. */
  private Map<String, NDArray> learned(Stage firstTrained) {
    Map<String, NDArray> learned = new LinkedHashMap<>();
    for (Pair<String, Parameter> entry : network.getDirectParameters()) {
      String name = entry.getKey();
      boolean frozen = Stage.of(name).compareTo(firstTrained) < 0;
      if (frozen) {
        entry.getValue().freeze(true);
      } else if (!Architecture.isStatistic(name)) {
        NDArray values = entry.getValue().getArray();
        values.setRequiresGradient(true);
        learned.put(name, values);
      }
    }
    return learned;
  }

  /**
   * What a step saw of its batch, before it moved the weights.
   *
   * @param loss mean cross entropy with smoothed labels
   * @param correct images whose largest logit was the label's
   */
  public record BatchResult(double loss, int correct) {}

  /**
   * One step of stochastic gradient descent on a batch, in training mode.
   *
   * @param labels one for each crop, below the number of classes
   * @throws ArithmeticException if the loss is not finite; the weights are as they were then, the
   *     running statistics are not
   */
  public BatchResult step(ByteBuffer crops, int[] labels, double learningRate) {
    try (NDManager batch = manager.newSubManager()) {
      return step(batch, images(batch, crops), labels, learningRate);
    }
  }

  BatchResult step(NDManager batch, NDArray images, int[] labels, double learningRate) {
    SmoothedLabels targets = new SmoothedLabels(labels, start.classes(), labelSmoothing);
    BatchResult result;
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray logits = forward(batch, images, true);
      NDArray loss = targets.crossEntropy(logits);
      result = new BatchResult(number(loss), targets.correct(floats(logits)));
      if (!Double.isFinite(result.loss())) {
        throw new ArithmeticException("the loss is " + result.loss());
      }
      gradients.backward(loss);
    }
    optimizer.step(batch, learningRate);
    trainingPasses++;
    return result;
  }

  private static double number(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }

  private static float[] floats(NDArray array) {
    return array.toType(DataType.FLOAT32, false).toFloatArray();
  }

  /**
   * Updates the running means and variances of normalisation by those of a batch, and nothing else.
   *
   * @param momentum the batch's share in them: 1 / i in the i-th of several calls makes them the
   *     averages over all
   */
  public void updateStatistics(ByteBuffer crops, double momentum) {
    try (NDManager batch = manager.newSubManager()) {
      updateStatistics(batch, images(batch, crops), momentum);
    }
  }

  void updateStatistics(NDManager batch, NDArray images, double momentum) {
    network.batchNormMomentum(momentum);
    NDArray unused = forward(batch, images, true);
    network.batchNormMomentum(ShuffleNetV1.BATCH_NORM_MOMENTUM);
    trainingPasses++;
  }

  /** The logits in inference mode, one row of {@code classes} for each crop. */
  public float[] logits(ByteBuffer crops) {
    try (NDManager batch = manager.newSubManager()) {
      return forward(batch, images(batch, crops), false).toFloatArray();
    }
  }

  NDArray forward(NDManager batch, NDArray images, boolean training) {
    return network
        .forward(new ParameterStore(batch, false), new NDList(images), training)
        .singletonOrThrow();
  }

  /** As PyTorch lays them out, for its training kernels on a CPU are the faster for it. */
  private NDArray images(NDManager batch, ByteBuffer crops) {
    NDArray images = pixelInput.of(batch, crops);
    Shape shape = images.getShape();
    return images.flatten().reshape(shape);
  }

  /**
   * What {@link Architecture#stateDict} lists, in its order.
   *
   * @throws ArithmeticException if a value is not finite any more
   */
  public Map<String, Tensor> stateDict() {
    Map<String, Tensor> stateDict = new LinkedHashMap<>();
    start.tensors().forEach((name, tensor) -> stateDict.put(name, current(name, tensor)));
    return stateDict;
  }

  private Tensor current(String name, Tensor atStart) {
    if (!Architecture.isBatchCount(name)) {
      Tensor values = DeviceTensors.copy(network.getDirectParameters().get(name).getArray());
      requireFinite(name, values.toFloats());
      return values;
    }
    String weight = Architecture.normalisationWeight(name);
    boolean counts = network.getDirectParameters().get(weight).requiresGradient();
    return counts ? Tensor.ofLong(atStart.toLong() + trainingPasses) : atStart;
  }

  private static void requireFinite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ArithmeticException(name + " holds " + value);
      }
    }
  }

  /** The optimizer's momentum buffers, by the names of the learned parameters. */
  public Map<String, Tensor> momentum() {
    return optimizer.buffers();
  }

  /**
   * Continues with the momentum buffers of an earlier run.
   *
   * @throws IllegalArgumentException if they are of other parameters
   */
  public void restoreMomentum(Map<String, Tensor> buffers) {
    optimizer.restore(buffers);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    manager.close();
    JniUtils.setNumThreads(1);
  }
}
