package io.shufflenet.spark.training;

import io.shufflenet.spark.image.AugmentingDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import java.io.IOException;

/** Random crops of shuffled images, without end. */
record AugmentedCrops(Spool images, SampleOrder order, AugmentingDecoder decoder)
    implements CropSource {
  @Override
  public int label(long sample) {
    return images.label(order.image(sample));
  }

  @Override
  public byte[] crop(long sample) throws IOException {
    byte[] encoded = images.encoded(order.image(sample));
    try {
      return decoder.decode(encoded, ImageHeader.read(encoded), order.random(sample));
    } catch (ImageException e) {
      throw new IOException("Cannot decode an image that could be decoded when spooled", e);
    }
  }
}
