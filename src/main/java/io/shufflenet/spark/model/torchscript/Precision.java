package io.shufflenet.spark.model.torchscript;

import io.shufflenet.spark.checkpoint.Tensor;

/** Floating-point format of a network's weights and maps. The linear layer is always in float32. */
public enum Precision {
  FLOAT32("fp32", 6, Tensor.Type.FLOAT32, Float.MAX_VALUE),
  BFLOAT16("bf16", 15, Tensor.Type.BFLOAT16, 0x1.FEp127),
  FLOAT16("fp16", 5, Tensor.Type.FLOAT16, 65504);

  private final String label;
  private final int scalarType;
  private final Tensor.Type tensorType;
  private final double largest;

  Precision(String label, int scalarType, Tensor.Type tensorType, double largest) {
    this.label = label;
    this.scalarType = scalarType;
    this.tensorType = tensorType;
    this.largest = largest;
  }

  /** What configuration and provenance call it. */
  public String label() {
    return label;
  }

  /** PyTorch's number of it. */
  int scalarType() {
    return scalarType;
  }

  Tensor.Type tensorType() {
    return tensorType;
  }

  /** The largest finite number. */
  double largest() {
    return largest;
  }
}
