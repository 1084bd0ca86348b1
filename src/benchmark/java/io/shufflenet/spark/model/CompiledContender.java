package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.torchscript.Precision;
import java.nio.ByteBuffer;

/**
 * The compiled network. A batch is ready as bytes: their preprocessing is a part of the network.
 */
public final class CompiledContender extends TorchContender {
  private final ScriptModule module;
  private final int side;

  private CompiledContender(String name, ScriptModule module, int side, NDManager manager) {
    super(name, manager);
    this.module = module;
    this.side = side;
  }

  /** Compiled for a CPU with all that pays there. */
  public static CompiledContender of(
      Weights weights, Preprocessing preprocessing, Precision precision) {
    return of(name(precision), weights, preprocessing, Target.of(Backend.ONEDNN, precision));
  }

  public static CompiledContender of(
      String name, Weights weights, Preprocessing preprocessing, Target target) {
    NDManager manager = Libtorch.engine().newBaseManager(ComputeDevice.CPU.device());
    byte[] archive = Compiler.compile(weights, preprocessing, target).archive();
    ScriptModule module = ScriptModule.load(archive, manager);
    return new CompiledContender(name, module, preprocessing.cropSize(), manager);
  }

  /** What the table calls it. */
  public static String name(Precision precision) {
    return "compiled " + precision.label();
  }

  /** Whether this CPU has instructions for it. */
  public static boolean runsHere(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> true;
      case BFLOAT16 -> Processor.ofThisHost().hasBfloat16();
      case FLOAT16 -> false;
    };
  }

  @Override
  NDArray input(NDManager batch, ByteBuffer crops, int images) {
    return batch.create(crops, new Shape(images, side, side, 3), DataType.UINT8);
  }

  @Override
  NDArray forward(NDManager batch, NDArray input) {
    return module.forward(batch, input);
  }
}
