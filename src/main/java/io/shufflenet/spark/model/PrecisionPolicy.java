package io.shufflenet.spark.model;

import io.shufflenet.spark.model.torchscript.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which floating-point format a user wants networks to compute in. */
public enum PrecisionPolicy {
  /** bfloat16 on a CPU that has instructions for it, else float32. */
  AUTO,
  /** float32: the predictions that PyTorch gives. */
  FP32,
  /** bfloat16, on a CPU or GPU that has instructions for it. */
  BF16,
  /** float16, on a GPU. */
  FP16;

  /** As the setting is written: {@code auto}, {@code fp32}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks it against a device of this host.
   *
   * @throws IllegalArgumentException if the device has no such arithmetic
   */
  public void requireOn(ComputeDevice device) {
    List<Target> unused = targets(device, Processor.ofThisHost());
  }

  /**
   * What to compile for, best first: what cannot be loaded is passed over.
   *
   * @throws IllegalArgumentException if the device has no such arithmetic
   */
  List<Target> targets(ComputeDevice device, Processor processor) {
    if (device.type() == ComputeDevice.Type.GPU) {
      Precision precision =
          switch (this) {
            case AUTO, FP32 -> Precision.FLOAT32;
            case BF16 -> Precision.BFLOAT16;
            case FP16 -> Precision.FLOAT16;
          };
      return List.of(Target.of(Backend.PORTABLE, precision, processor));
    }
    requireOnCpu(processor);
    List<Target> targets = new ArrayList<>();
    if (this != FP32 && processor.hasBfloat16()) {
      targets.add(Target.of(Backend.ONEDNN, Precision.BFLOAT16, processor));
    }
    if (this == BF16) {
      targets.add(Target.of(Backend.PORTABLE, Precision.BFLOAT16, processor));
    } else {
      targets.add(Target.of(Backend.ONEDNN, Precision.FLOAT32, processor));
      targets.add(Target.of(Backend.PORTABLE, Precision.FLOAT32, processor));
    }
    return targets;
  }

  private void requireOnCpu(Processor processor) {
    if (this == FP16) {
      throw cannot("CPUs have no arithmetic for it; use fp32 or auto");
    }
    if (this == BF16 && !processor.hasBfloat16()) {
      throw cannot(
          "its CPU has no instructions for it (avx512_bf16 or amx_bf16); auto takes fp32 there");
    }
  }

  private IllegalArgumentException cannot(String reason) {
    return new IllegalArgumentException(
        "Cannot compute with inference.precision = %s on %s: %s"
            .formatted(label(), Host.name(), reason));
  }
}
