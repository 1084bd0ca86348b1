package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckImageTest {
  @Test
  void isACropOfManyColours() {
    byte[] crop = CheckImage.crop(224);
    Set<Integer> colours = new HashSet<>();
    for (int pixel = 0; pixel < crop.length; pixel += 3) {
      colours.add(Arrays.hashCode(Arrays.copyOfRange(crop, pixel, pixel + 3)));
    }

    assertThat(crop).hasSize(224 * 224 * 3);
    assertThat(colours).hasSizeGreaterThan(10_000);
  }
}
