package io.shufflenet.spark.model;

import com.sun.jna.NativeLibrary;
import java.util.Arrays;
import java.util.List;

/**
 * The devices that {@code CUDA_VISIBLE_DEVICES} lists. CUDA reads it once, when this process first
 * asks for a device, and numbers what it lists from 0.
 */
final class VisibleDevices {
  private static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  private static List<String> listed = listedIn(System.getenv(VARIABLE));

  private VisibleDevices() {}

  /**
   * What is listed, in CUDA's order; empty where the variable is not set. Then a GPU, or a part of
   * one, that Spark calls by its UUID becomes the one device of this process: CUDA gives a part no
   * number otherwise.
   */
  static synchronized List<String> forAssigned(List<String> gpuAddresses) {
    boolean unset = listed.isEmpty() && System.getenv(VARIABLE) == null;
    boolean named = !gpuAddresses.isEmpty() && GpuUuid.isUuid(gpuAddresses.get(0));
    if (unset && named && set(gpuAddresses.get(0))) {
      listed = List.of(gpuAddresses.get(0));
    }
    return listed;
  }

  private static boolean set(String value) {
    try {
      Object[] arguments = {VARIABLE, value, 0};
      return NativeLibrary.getProcess().getFunction("setenv").invokeInt(arguments) == 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  static List<String> listedIn(String variable) {
    return variable == null || variable.isBlank()
        ? List.of()
        : Arrays.stream(variable.split(",", -1)).map(String::strip).toList();
  }
}
