package io.shufflenet.spark.training;

import java.io.IOException;

/** Crops by number, from any thread. */
interface CropSource {
  int label(long sample);

  /** HWC bytes, as the preprocessing says. */
  byte[] crop(long sample) throws IOException;
}
