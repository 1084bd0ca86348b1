package io.shufflenet.spark.model;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process can do with CUDA.
 *
 * @param devices number of usable GPUs
 * @param obstacle why there is none, for a person; empty where there are some
 */
record CudaSupport(int devices, String obstacle) {

  /**
   * @throws IllegalStateException if libtorch cannot be loaded on this host
   */
  static CudaSupport ofThisProcess() {
    Engine engine = Libtorch.engine();
    int devices = engine.getGpuCount();
    return new CudaSupport(devices, devices > 0 ? "" : obstacle(LibUtils.getLibtorchPath()));
  }

  private static String obstacle(String libtorch) {
    if (!Files.exists(Path.of(libtorch, System.mapLibraryName("torch_cuda")))) {
      return "the libtorch in " + libtorch + " is built without CUDA";
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
