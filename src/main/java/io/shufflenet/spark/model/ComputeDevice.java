package io.shufflenet.spark.model;

import ai.djl.Device;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a classifier computes on.
 *
 * @param ordinal CUDA's number of the GPU, from 0; 0 for the CPU
 */
public record ComputeDevice(Type type, int ordinal) implements Serializable {
  public static final ComputeDevice CPU = new ComputeDevice(Type.CPU, 0);

  /** The kind of processor. */
  public enum Type {
    CPU,
    GPU
  }

  static ComputeDevice gpu(int ordinal) {
    return new ComputeDevice(Type.GPU, ordinal);
  }

  /**
   * The device for a task. Of several assigned GPUs the first is used.
   *
   * @param gpuAddresses what Spark assigned to the task as the resource {@code gpu}; empty where it
   *     assigned none
   * @throws IllegalArgumentException if that is a GPU and cannot be used; the message says why
   * @throws IllegalStateException if libtorch cannot be loaded, which is tried only where a GPU is
   *     wanted
   */
  public static ComputeDevice resolve(DevicePolicy policy, List<String> gpuAddresses) {
    return resolve(policy, gpuAddresses, () -> CudaSupport.ofThisProcess(gpuAddresses));
  }

  /**
   * The device for work outside tasks, in the driver: like {@link #resolve}, but where Spark
   * assigned nothing {@link DevicePolicy#AUTO} takes the first GPU that CUDA sees.
   *
   * @param gpuAddresses what Spark assigned to the driver
   */
  public static ComputeDevice ofDriver(DevicePolicy policy, List<String> gpuAddresses) {
    return ofDriver(policy, gpuAddresses, () -> CudaSupport.ofThisProcess(gpuAddresses));
  }

  static ComputeDevice ofDriver(
      DevicePolicy policy, List<String> gpuAddresses, Supplier<CudaSupport> cuda) {
    boolean found =
        policy == DevicePolicy.AUTO && gpuAddresses.isEmpty() && cuda.get().devices() > 0;
    return resolve(found ? DevicePolicy.GPU : policy, gpuAddresses, cuda);
  }

  static ComputeDevice resolve(
      DevicePolicy policy, List<String> gpuAddresses, Supplier<CudaSupport> cuda) {
    boolean onCpu =
        switch (policy) {
          case CPU -> true;
          case AUTO -> gpuAddresses.isEmpty();
          case GPU -> false;
        };
    return onCpu ? CPU : usableGpu(policy, gpuAddresses, cuda.get());
  }

  private static ComputeDevice usableGpu(
      DevicePolicy policy, List<String> gpuAddresses, CudaSupport cuda) {
    String wanted =
        gpuAddresses.isEmpty()
            ? "a GPU"
            : "the GPU address '" + gpuAddresses.get(0) + "' that Spark assigned";
    String refusal = "Cannot use " + wanted + " (device = " + policy.label() + "): ";
    if (cuda.devices() == 0) {
      throw new IllegalArgumentException(refusal + cuda.obstacle());
    }
    int ordinal = gpuAddresses.isEmpty() ? 0 : ordinal(gpuAddresses.get(0), cuda, refusal);
    if (ordinal >= cuda.devices()) {
      throw new IllegalArgumentException(
          refusal + "CUDA sees " + cuda.devices() + " device(s) here, numbered from 0");
    }
    return gpu(ordinal);
  }

  /** An address is what the environment lists, as it is written there, or else CUDA's number. */
  private static int ordinal(String address, CudaSupport cuda, String refusal) {
    if (!cuda.visible().isEmpty()) {
      int place = cuda.visible().indexOf(address);
      if (place < 0) {
        throw new IllegalArgumentException(
            "%sCUDA_VISIBLE_DEVICES = %s does not list it; conf/gpu-discovery.sh prints what it lists"
                .formatted(refusal, String.join(",", cuda.visible())));
      }
      return place;
    }
    if (!address.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          refusal + "it is neither a device number nor a UUID; conf/gpu-discovery.sh prints those");
    }
    return Integer.parseInt(address);
  }

  Device device() {
    return type == Type.GPU ? Device.gpu(ordinal) : Device.cpu();
  }

  /** {@code cpu}, or for example {@code gpu:0}. */
  @Override
  public String toString() {
    return type == Type.GPU ? "gpu:" + ordinal : "cpu";
  }
}
