package io.shufflenet.spark.model;

/**
 * A picture of a network's input size that every JVM draws alike: gradients crossed by fine
 * texture, different in each channel. It shows nothing; a device that computes wrongly shows on it.
 */
final class CheckImage {
  private static final int CHANNELS = 3;

  private CheckImage() {}

  /** {@code side * side * 3} bytes, HWC. */
  static byte[] crop(int side) {
    byte[] crop = new byte[side * side * CHANNELS];
    int index = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          crop[index++] = (byte) (x + 80 * channel + (x * (channel + 1) ^ y));
        }
      }
    }
    return crop;
  }
}
