package io.shufflenet.spark.image;

/**
 * The weights of a triangle filter in fixed point, as Pillow computes and rounds them. Those of one
 * output add up to one, so that a weighted sum of bytes is a byte.
 */
final class TriangleFilter {
  static final int PRECISION_BITS = 22;

  private final int[] first;
  private final int taps;
  private final int[] weights;

  /**
   * Of {@code count} outputs from {@code from}, where all {@code outputs} together see all {@code
   * inputs}.
   */
  TriangleFilter(int inputs, int outputs, int from, int count) {
    double scale = (double) inputs / outputs;
    double support = Math.max(scale, 1);
    taps = (int) Math.ceil(2 * support);
    first = new int[count];
    weights = new int[count * taps];
    for (int i = 0; i < count; i++) {
      double centre = (from + i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(inputs, (int) (centre + support + 0.5));
      double[] exact = triangle(first[i], end, centre, support);
      for (int tap = 0; tap < exact.length; tap++) {
        weights[i * taps + tap] = (int) (0.5 + exact[tap] * (1 << PRECISION_BITS));
      }
    }
  }

  private static double[] triangle(int first, int end, double centre, double support) {
    double[] weights = new double[end - first];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = Math.abs((i + first - centre + 0.5) * (1 / support));
      weights[i] = distance < 1 ? 1 - distance : 0;
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** For each output, the first input that it sees. */
  int[] first() {
    return first;
  }

  /** Weights of each output. */
  int taps() {
    return taps;
  }

  /**
   * For each output, those of the first input that it sees and of the following ones; 0 at last
   * where they are fewer.
   */
  int[] weights() {
    return weights;
  }

  /** The first input that any output sees. */
  int start() {
    return first[0];
  }

  /** Behind the last input that any output looks at; it may lie behind the last one there is. */
  int end() {
    return first[first.length - 1] + taps;
  }
}
