package io.shufflenet.spark.model;

import io.shufflenet.spark.checkpoint.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The weights that Megvii's code starts training from. The first convolution and the linear layer
 * are drawn from N(0, 0.01), every other convolution from N(0, 1 / c) with c the second size of its
 * weight (so the depthwise ones have deviation 1); both numbers are deviations. Normalisation
 * starts at weight 1 and bias 0.0001, mean 0 and variance 1.
 */
final class Initialisation {
  private static final double DEVIATION = 0.01;
  private static final float NORMALISATION_BIAS = 1e-4f;

  private final Random random;

  private Initialisation(long seed) {
    random = new Random(seed);
  }

  /** The whole state dict; the same on every platform for the same seed. */
  static Map<String, Tensor> of(Architecture architecture, int classes, long seed) {
    Initialisation initialisation = new Initialisation(seed);
    Map<String, Tensor> stateDict = new LinkedHashMap<>();
    architecture
        .stateDict(classes)
        .forEach((name, shape) -> stateDict.put(name, initialisation.tensor(name, shape)));
    return stateDict;
  }

  private Tensor tensor(String name, List<Integer> shape) {
    if (Architecture.isBatchCount(name)) {
      return Tensor.ofLong(0);
    }
    float[] values = new float[Math.toIntExact(Architecture.elements(shape))];
    for (int index = 0; index < values.length; index++) {
      values[index] = value(name, shape);
    }
    return Tensor.ofFloats(values, shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private float value(String name, List<Integer> shape) {
    if (shape.size() > 1) {
      return (float) (random.nextGaussian() * deviation(name, shape));
    }
    if (name.endsWith(".bias")) {
      return NORMALISATION_BIAS;
    }
    return name.endsWith(".running_mean") ? 0 : 1;
  }

  private static double deviation(String name, List<Integer> shape) {
    boolean small = name.startsWith("first_conv.") || name.equals(Architecture.CLASSIFIER_WEIGHT);
    return small ? DEVIATION : 1.0 / shape.get(1);
  }
}
