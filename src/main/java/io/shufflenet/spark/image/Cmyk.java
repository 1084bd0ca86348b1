package io.shufflenet.spark.image;

/** Ink as light, as Pillow has it: no colour profile. */
final class Cmyk {
  private Cmyk() {}

  /**
   * The red of a cyan, the green of a magenta or the blue of a yellow under a black, all 0..255.
   */
  static byte level(byte ink, byte black) {
    int light = 255 - Byte.toUnsignedInt(black);
    int product = Byte.toUnsignedInt(ink) * light + 128;
    return (byte) (light - (((product >> 8) + product) >> 8));
  }
}
