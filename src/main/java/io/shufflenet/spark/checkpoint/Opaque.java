package io.shufflenet.spark.checkpoint;

/**
 * A value that may stand in a checkpoint and that no state dict needs: bytes, sets, devices,
 * NumPy's numbers.
 */
enum Opaque {
  VALUE
}
