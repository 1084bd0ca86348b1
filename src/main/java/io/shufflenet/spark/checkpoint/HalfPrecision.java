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

  /** The nearest binary16 value, of two equally near ones the even one; infinite beyond 65504. */
  static short ofFloat(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude >= 0x1p16f) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(magnitude / SMALLEST_SUBNORMAL));
    }
    int rebiased = Float.floatToIntBits(magnitude) - (BIAS_DIFFERENCE << 23);
    return (short) (sign | roundedShift(rebiased, 13));
  }

  /** {@code bits >> places}, rounded to the nearest, of two equally near ones to the even one. */
  static int roundedShift(int bits, int places) {
    int odd = (bits >> places) & 1;
    return (bits + (1 << (places - 1)) - 1 + odd) >> places;
  }
}
