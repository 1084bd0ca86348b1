package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.checkpoint.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, as PyTorch's {@code torch.optim.SGD} computes it: with
 * {@code g} the gradient plus decay times the weight, {@code buffer = momentum * buffer + g} and
 * {@code weight -= rate * buffer}. Only weights of more than one dimension decay. (DJL's own
 * optimizer keeps the rate inside the buffer, which differs once the rate changes, and decays all.)
 */
final class Sgd {
  /** PyTorch's, in {@code clip_grad_norm_}. */
  private static final double CLIP_EPSILON = 1e-6;

  private final SgdSettings settings;
  private final Map<String, Learned> learned = new LinkedHashMap<>();

  /** One parameter and its momentum buffer. */
  private record Learned(NDArray values, NDArray buffer) {
    Learned with(Tensor other) {
      try (buffer) {
        return new Learned(
            values, DeviceTensors.create(buffer.getManager(), other, buffer.getDataType()));
      }
    }

    boolean decays() {
      return values.getShape().dimension() > 1;
    }
  }

  /**
   * @param parameters by name; they must carry gradients
   */
  Sgd(NDManager manager, SgdSettings settings, Map<String, NDArray> parameters) {
    this.settings = settings;
    parameters.forEach(
        (name, values) ->
            learned.put(
                name, new Learned(values, manager.zeros(values.getShape(), values.getDataType()))));
  }

  /** Moves every parameter by its gradient, and makes that zero. */
  void step(NDManager batch, double learningRate) {
    NDList gradients = new NDList();
    learned.values().forEach(parameter -> gradients.add(parameter.values().getGradient()));
    gradients.attach(batch);
    if (settings.clipNorm() > 0) {
      clip(gradients);
    }
    int index = 0;
    for (Learned parameter : learned.values()) {
      update(parameter, gradients.get(index), learningRate);
      index++;
    }
  }

  /** Scales all gradients alike where the norm of them together is larger than allowed. */
  private void clip(NDList gradients) {
    NDList norms = new NDList(gradients.stream().map(NDArray::norm).toList());
    double norm = NDArrays.stack(norms).norm().toType(DataType.FLOAT32, false).getFloat();
    double scale = settings.clipNorm() / (norm + CLIP_EPSILON);
    if (scale < 1) {
      gradients.forEach(gradient -> gradient.muli(scale));
    }
  }

  private void update(Learned parameter, NDArray gradient, double learningRate) {
    if (parameter.decays()) {
      try (NDArray decay = parameter.values().mul(settings.weightDecay())) {
        gradient.addi(decay);
      }
    }
    parameter.buffer().muli(settings.momentum()).addi(gradient);
    try (NDArray change = parameter.buffer().mul(learningRate)) {
      parameter.values().subi(change);
    }
    gradient.subi(gradient);
  }

  /** The momentum buffers by the names of their parameters. */
  Map<String, Tensor> buffers() {
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    learned.forEach((name, parameter) -> buffers.put(name, DeviceTensors.copy(parameter.buffer())));
    return buffers;
  }

  /**
   * Continues with what {@link #buffers} gave.
   *
   * @throws IllegalArgumentException if it is of other parameters
   */
  void restore(Map<String, Tensor> buffers) {
    if (buffers.size() != learned.size()
        || !buffers.entrySet().stream().allMatch(entry -> fits(entry.getKey(), entry.getValue()))) {
      throw new IllegalArgumentException(
          "Cannot go on training: the momentum is of other parameters than those being trained");
    }
    learned.replaceAll((name, parameter) -> parameter.with(buffers.get(name)));
  }

  private boolean fits(String name, Tensor tensor) {
    Learned parameter = learned.get(name);
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return parameter != null && parameter.buffer().getShape().equals(new Shape(shape));
  }
}
