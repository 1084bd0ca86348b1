package io.shufflenet.spark.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Strings by code point, as Python's {@code sorted} has them and so the class order of
 * torchvision's ImageFolder. {@link String#compareTo} compares UTF-16 units instead, and puts an
 * emoji before U+FF21.
 */
enum CodePointOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
