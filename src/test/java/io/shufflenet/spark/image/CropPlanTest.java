package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CropPlanTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @ParameterizedTest
  @CsvSource({
    "500, 375, 341, 256, 58, 16",
    "375, 500, 256, 341, 16, 58",
    "321, 267, 308, 256, 42, 16",
    "256, 256, 256, 256, 16, 16",
    "1, 800, 256, 204800, 16, 102288",
  })
  void megviiRoundsTheLongSide(int width, int height, int to, int by, int left, int top)
      throws Exception {
    assertThat(CropPlan.of(Preprocessing.MEGVII, width, height, NO_LIMIT))
        .isEqualTo(new CropPlan(to, by, left, top, 224));
  }

  @Test
  void torchvisionCutsTheLongSide() throws Exception {
    // 256 * 321 / 267 is 307.8; half of 307 - 224 is 41.5, and goes to the even number.
    assertThat(CropPlan.of(Preprocessing.TORCHVISION, 321, 267, NO_LIMIT))
        .isEqualTo(new CropPlan(307, 256, 42, 16, 224));
  }

  @Test
  void refusesAnImageThatWouldBecomeTooLong() {
    ImageException failure =
        catchThrowableOfType(
            ImageException.class, () -> CropPlan.of(Preprocessing.MEGVII, 1, 65000, 89_478_485));

    assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(failure)
        .hasMessage(
            "with a short side of 256 pixels the image of 1 x 65000 would be 16640000 pixels long");
  }
}
