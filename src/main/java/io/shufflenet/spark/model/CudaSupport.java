package io.shufflenet.spark.model;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this process can do with CUDA.
 *
 * @param devices number of usable GPUs
 * @param obstacle why there is none, for a person; empty where there are some
 * @param visible what {@code CUDA_VISIBLE_DEVICES} lists; empty where it is not set
 */
record CudaSupport(int devices, String obstacle, List<String> visible) {

  /**
   * @param gpuAddresses what Spark assigned
   * @throws IllegalStateException if libtorch cannot be loaded on this host
   */
  static CudaSupport ofThisProcess(List<String> gpuAddresses) {
    List<String> visible = VisibleDevices.forAssigned(gpuAddresses);
    Engine engine = Libtorch.engine();
    int devices = engine.getGpuCount();
    String obstacle = devices > 0 ? "" : obstacle(LibUtils.getLibtorchPath());
    return new CudaSupport(devices, obstacle, visible);
  }

  private static String obstacle(String libtorch) {
    if (!Files.exists(Path.of(libtorch, System.mapLibraryName("torch_cuda")))) {
      return "the libtorch in "
          + libtorch
          + " is built without CUDA; the README's 'How does a GPU cluster get libtorch?' tells how to get one";
    }
    try {
      return "CUDA "
          + CudaUtils.getCudaVersionString()
          + " finds no device: the host has none, this process may see none, or the driver is too"
          + " old";
    } catch (IllegalStateException e) {
      return "CUDA's runtime library, libcudart, is not on the library path";
    }
  }
}
