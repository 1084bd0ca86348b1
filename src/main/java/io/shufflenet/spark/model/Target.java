package io.shufflenet.spark.model;

import io.shufflenet.spark.model.graph.Optimisation;
import io.shufflenet.spark.model.torchscript.Precision;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a network is compiled for.
 *
 * @param optimisations what is rewritten
 */
public record Target(
    Backend backend, Precision precision, Set<Optimisation> optimisations, NetworkOutput output) {
  public Target {
    optimisations = Set.copyOf(optimisations);
  }

  /** For logits alone. */
  public Target(Backend backend, Precision precision, Set<Optimisation> optimisations) {
    this(backend, precision, optimisations, NetworkOutput.LOGITS);
  }

  /** With the optimisations that pay there, on this host's processor. */
  public static Target of(Backend backend, Precision precision) {
    return of(backend, precision, Processor.ofThisHost());
  }

  static Target of(Backend backend, Precision precision, Processor processor) {
    Set<Optimisation> optimisations = EnumSet.allOf(Optimisation.class);
    if (backend == Backend.PORTABLE) {
      optimisations.remove(Optimisation.AVERAGE_POOL_AS_CONVOLUTION);
      optimisations.remove(Optimisation.MAX_POOL_AS_SLICES);
    }
    boolean onednn = backend == Backend.ONEDNN;
    boolean bfloat16 = onednn && precision == Precision.BFLOAT16;
    if (!bfloat16) {
      optimisations.remove(Optimisation.SPLIT_COLUMNS);
    }
    if (!bfloat16 || !processor.hasBfloat16Tiles()) {
      optimisations.remove(Optimisation.SHUFFLE_INTO_DENSE);
    }
    if (!onednn || precision != Precision.FLOAT32 || !processor.hasAvx512()) {
      optimisations.remove(Optimisation.SHUFFLE_INTO_KERNEL);
    }
    return new Target(backend, precision, optimisations);
  }

  /** The same without one optimisation. */
  public Target without(Optimisation optimisation) {
    Set<Optimisation> fewer = EnumSet.noneOf(Optimisation.class);
    fewer.addAll(optimisations);
    fewer.remove(optimisation);
    return new Target(backend, precision, fewer, output);
  }

  /** The same for another output. */
  public Target giving(NetworkOutput wanted) {
    return new Target(backend, precision, optimisations, wanted);
  }

  /** For example {@code onednn fp32}. */
  @Override
  public String toString() {
    return backend.label() + " " + precision.label();
  }
}
