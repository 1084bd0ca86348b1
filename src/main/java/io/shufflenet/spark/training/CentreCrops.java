package io.shufflenet.spark.training;

import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import java.io.IOException;

/** Every image of a set once, in the set's order, cropped as for inference. */
record CentreCrops(Spool images, ImageDecoder decoder) implements CropSource {
  @Override
  public int label(long sample) {
    return images.label((int) sample);
  }

  @Override
  public byte[] crop(long sample) throws IOException {
    byte[] encoded = images.encoded((int) sample);
    try {
      return decoder.decode(encoded, ImageHeader.read(encoded));
    } catch (ImageException e) {
      throw new IOException("Cannot decode an image that could be decoded when spooled", e);
    }
  }
}
