package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.NotableImage;
import java.util.Collection;
import java.util.Map;

/** Where the pages have their pictures from. */
public interface ThumbnailSource {
  /** A small JPEG in base 64 for each of the images that can be read. */
  Map<NotableImage, String> of(Collection<NotableImage> images);
}
