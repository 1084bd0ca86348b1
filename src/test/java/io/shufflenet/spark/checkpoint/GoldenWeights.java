package io.shufflenet.spark.checkpoint;

import java.nio.charset.StandardCharsets;

/**
 * The weights and inputs of the golden data, which follow from a tensor's name and shape: element i
 * is drawn from the i-th number of a SplitMix64 generator that starts at the name's FNV-1a hash.
 */
public final class GoldenWeights {
  private static final long BATCHES_TRACKED = 7;

  private GoldenWeights() {}

  /**
   * The named tensor of a golden checkpoint: INT64 for {@code num_batches_tracked}, else FLOAT32.
   */
  public static Tensor tensor(String name, int... shape) {
    if (name.endsWith(".num_batches_tracked")) {
      return Tensor.ofLong(BATCHES_TRACKED);
    }
    return Tensor.ofFloats(values(name, shape), shape);
  }

  /** The named weights (or {@code input}, {@code train-input}), row-major. */
  public static float[] values(String name, int... shape) {
    float[] values = new float[(int) product(shape, 0)];
    long hash = fnv1a(name);
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) value(name, shape, uniform(hash, index));
    }
    return values;
  }

  private static double value(String name, int[] shape, double uniform) {
    if (name.equals("input") || name.equals("train-input")) {
      return 4 * uniform;
    }
    if (name.endsWith(".running_var")) {
      return 0.5 + uniform;
    }
    if (name.endsWith(".running_mean") || (shape.length == 1 && name.endsWith(".bias"))) {
      return 0.2 * (uniform - 0.5);
    }
    if (shape.length == 1) {
      return 0.2 + 0.4 * uniform;
    }
    return (2 * uniform - 1) * Math.sqrt(3.0 / product(shape, 1));
  }

  /** A number in [0, 1) with 24 random bits. */
  private static double uniform(long hash, long index) {
    long mixed = hash + 0x9E3779B97F4A7C15L * (index + 1);
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 40) / (double) (1 << 24);
  }

  private static long fnv1a(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (next & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long product(int[] shape, int from) {
    long product = 1;
    for (int dimension = from; dimension < shape.length; dimension++) {
      product *= shape[dimension];
    }
    return product;
  }
}
