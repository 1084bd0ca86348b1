package io.shufflenet.spark.image;

/** Hears how long one image took, in nanoseconds, on the thread that decodes it. */
public interface DecodeListener {
  /** From encoded bytes to pixels, turned upright; also heard of an image that gives none. */
  void decoded(long nanos);

  /** From pixels to the crop: resize, crop, channel order. */
  void preprocessed(long nanos);
}
