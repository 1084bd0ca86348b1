package io.shufflenet.spark.model;

import com.sun.jna.NativeLibrary;

/**
 * Tells the C libraries below libtorch how to treat memory and threads. Where they are others than
 * expected, all is slower and otherwise the same.
 */
final class NativeTuning {
  private static final int TRIM_THRESHOLD = -1;
  private static final int MMAP_THRESHOLD = -3;
  private static final int LARGEST = 1 << 30;

  /** What glibc before 2.35 takes at most. */
  private static final int LARGEST_BEFORE = 1 << 25;

  private NativeTuning() {}

  /**
   * Lets OpenMP's threads sleep while they wait for each other. They would spin, and where other
   * threads need the processors too, as those that decode do, a step takes several times as long.
   * Must be called before libtorch is loaded.
   */
  static void sleepWhileWaiting() {
    try {
      NativeLibrary.getProcess()
          .getFunction("setenv")
          .invokeInt(new Object[] {"GOMP_SPINCOUNT", "0", 0});
    } catch (LinkageError e) {
      // see above
    }
  }

  /**
   * Keeps freed memory for the next batch. Else glibc gives large arrays back to the system, which
   * zeroes each page anew when it is touched: a sixth of a training step's time. Once is enough.
   */
  static void keepFreedMemory() {
    try {
      if (!set(MMAP_THRESHOLD, LARGEST)) {
        boolean unused = set(MMAP_THRESHOLD, LARGEST_BEFORE);
      }
      boolean unused = set(TRIM_THRESHOLD, Integer.MAX_VALUE);
    } catch (LinkageError e) {
      // see above
    }
  }

  private static boolean set(int parameter, int value) {
    Object[] arguments = {parameter, value};
    return NativeLibrary.getProcess().getFunction("mallopt").invokeInt(arguments) == 1;
  }
}
