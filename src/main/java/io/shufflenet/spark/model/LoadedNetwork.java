package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.torchscript.Precision;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network in a device's memory: crops in, a row of its output for each out. Any number of threads
 * may use it.
 */
final class LoadedNetwork {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedNetwork.class);
  private static final int CHANNELS = 3;

  private final ScriptModule module;
  private final PixelInput planes;
  private final int size;
  private final String kind;
  private final boolean rounded;

  /** {@code planes} is null where the module takes pixels. */
  private LoadedNetwork(
      ScriptModule module, PixelInput planes, int size, String kind, boolean rounded) {
    this.module = module;
    this.planes = planes;
    this.size = size;
    this.kind = kind;
    this.rounded = rounded;
  }

  /**
   * Loads a user's module as it is; compiles weights for the first target that works here.
   *
   * @param targets best first; not needed for a user's module
   * @param manager of the device; what is loaded lives as long as it
   * @throws EngineException if the device takes none
   */
  static LoadedNetwork load(
      Network network, Preprocessing preprocessing, List<Target> targets, NDManager manager) {
    return network instanceof ScriptedNetwork scripted
        ? scripted(scripted, preprocessing, manager)
        : compiled((Weights) network, preprocessing, targets, manager);
  }

  private static LoadedNetwork scripted(
      ScriptedNetwork network, Preprocessing preprocessing, NDManager manager) {
    PixelInput planes =
        network.input() == ScriptedNetwork.Input.PLANES
            ? new PixelInput(manager, preprocessing)
            : null;
    ScriptModule module = ScriptModule.load(network.archive(), manager);
    return new LoadedNetwork(module, planes, preprocessing.cropSize(), network.name(), true);
  }

  static LoadedNetwork compiled(
      Weights weights, Preprocessing preprocessing, List<Target> targets, NDManager manager) {
    EngineException failure = null;
    for (Target target : targets) {
      NDManager own = manager.newSubManager();
      try {
        return compiled(weights, preprocessing, target, own);
      } catch (EngineException e) {
        own.close();
        LOG.warn("{} does not run here: {}", target, EngineFailure.reason(e));
        failure = e;
      }
    }
    throw failure;
  }

  /** A module may load and fail only when it runs: it is tried. */
  private static LoadedNetwork compiled(
      Weights weights, Preprocessing preprocessing, Target target, NDManager manager) {
    byte[] archive = Compiler.compile(weights, preprocessing, target).archive();
    int size = preprocessing.cropSize();
    boolean rounded = target.precision() != Precision.FLOAT32;
    LoadedNetwork network =
        new LoadedNetwork(
            ScriptModule.load(archive, manager), null, size, target.toString(), rounded);
    ByteBuffer blank = ByteBuffer.allocateDirect(size * size * CHANNELS);
    float[] unused = network.outputs(manager, blank);
    return network;
  }

  /** What runs: for example {@code onednn fp32}, or {@code torchscript}. */
  String kind() {
    return kind;
  }

  /** Whether it may compute in fewer digits than float32 has: a user's module may. */
  boolean isRounded() {
    return rounded;
  }

  int cropBytes() {
    return size * size * CHANNELS;
  }

  /**
   * A row for each crop, one after the other: of a user's module logits, of a compiled one what it
   * was compiled for.
   *
   * @param crops a direct buffer of crops
   */
  float[] outputs(NDManager manager, ByteBuffer crops) {
    try (NDManager batch = manager.newSubManager()) {
      return module.forward(batch, input(batch, crops)).toFloatArray();
    }
  }

  private NDArray input(NDManager batch, ByteBuffer crops) {
    if (planes != null) {
      return planes.of(batch, crops);
    }
    int images = crops.remaining() / cropBytes();
    return batch.create(crops, new Shape(images, size, size, CHANNELS), DataType.UINT8);
  }
}
