package io.shufflenet.spark.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/**
 * Loads DJL's PyTorch engine, once for the JVM. Where the user did not say otherwise, it neither
 * downloads nor reports anything, and computes in the thread that calls it alone, for Spark's task
 * slots are the only thread pool.
 */
final class Libtorch {
  private Libtorch() {}

  /**
   * @throws IllegalStateException if the native library cannot be loaded on this host
   */
  static Engine engine() {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet("ai.djl.pytorch.num_threads", "1");
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    NativeTuning.sleepWhileWaiting();
    NativeTuning.keepFreedMemory();
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | IllegalArgumentException | LinkageError | AssertionError e) {
      throw loadFailure(e);
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  static IllegalStateException loadFailure(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new IllegalStateException(
        "Cannot load libtorch on %s (%s %s): %s; it needs %s, %s, and %s"
            .formatted(
                Host.name(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                isAbsent(cause) ? "its jars are not on the class path" : cause,
                "pytorch-jni and pytorch-native of this platform (Spark: --jars with all of dist/lib)",
                "glibc 2.29 or later",
                "a folder to unpack into (DJL_CACHE_DIR)"),
        failure);
  }

  /** DJL would fetch a library that is not there, were it not kept offline. */
  private static boolean isAbsent(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("Offline mode is enabled");
  }
}
