package io.shufflenet.spark.checkpoint;

/** IEEE 754 binary16: one sign bit, five of exponent (bias 15), ten of fraction. */
final class HalfPrecision {
  private static final int FRACTION_BITS = 10;
  private static final int EXPONENT_MASK = 0x1F;
  private static final int FRACTION_MASK = 0x3FF;
  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

  private HalfPrecision() {}

  /** The same number; every binary16 value is exact as a float. */
  static float toFloat(short half) {
    int exponent = half >>> FRACTION_BITS & EXPONENT_MASK;
    int fraction = half & FRACTION_MASK;
    int sign = half & 0x8000;
    if (exponent == 0) {
      float magnitude = fraction * SMALLEST_SUBNORMAL;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == EXPONENT_MASK ? 0xFF : exponent + BIAS_DIFFERENCE;
    return Float.intBitsToFloat(sign << 16 | widened << 23 | fraction << 13);
  }
}
