package io.shufflenet.spark.model;

import java.io.Serializable;

/** A network that a {@link Classifier} runs: what the driver reads once and broadcasts. */
public sealed interface Network extends Serializable permits Weights, ScriptedNetwork {
  /** For example {@code shufflenetv1-1.0x-g3}. */
  String name();

  int classes();

  /** Hexadecimal digest of the file it was read from. */
  String sha256();
}
