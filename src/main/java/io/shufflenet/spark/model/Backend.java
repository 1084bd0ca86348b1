package io.shufflenet.spark.model;

import java.util.Locale;

/** The operations that a network is compiled to. */
public enum Backend {
  /** PyTorch's own operations over oneDNN: for CPUs, and not in every build of libtorch. */
  ONEDNN,
  /** PyTorch's public operations: for every device and build. */
  PORTABLE;

  /** Its name in {@code run.json}, where the precision follows it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
