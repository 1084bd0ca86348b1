package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistortionTest {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int DRAWS = 4000;

  @Test
  void theSameStateDrawsTheSame() {
    assertThat(draw(new SplittableRandom(7))).isEqualTo(draw(new SplittableRandom(7)));
  }

  @Test
  void cropsLieWithinTheImage() {
    assertThat(sources())
        .allSatisfy(
            source -> {
              assertThat(source.left()).isNotNegative();
              assertThat(source.top()).isNotNegative();
              assertThat(source.left() + source.width()).isLessThanOrEqualTo(WIDTH);
              assertThat(source.top() + source.height()).isLessThanOrEqualTo(HEIGHT);
            });
  }

  @Test
  void cropsHaveTheAreasAndAspectsAskedFor() {
    assertThat(sources())
        .allSatisfy(
            source -> {
              assertThat(area(source)).isBetween(0.079, 1.0);
              assertThat((double) source.width() / source.height()).isBetween(0.73, 1.36);
            });
  }

  /** 30,000 draws of torchvision 0.14's get_params for this size have a mean of 0.432. */
  @Test
  void cropsAreAsLargeAsTorchvisionsInTheMean() {
    assertThat(sources().stream().mapToDouble(DistortionTest::area).average().orElseThrow())
        .isCloseTo(0.432, within(0.015));
  }

  @Test
  void theCropReachesAllCorners() {
    List<Rectangle> sources = sources();

    assertThat(sources).anyMatch(source -> source.left() == 0);
    assertThat(sources).anyMatch(source -> source.top() == 0);
    assertThat(sources).anyMatch(source -> source.left() + source.width() == WIDTH);
    assertThat(sources).anyMatch(source -> source.top() + source.height() == HEIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0, 1, 1",
    "1, 5000, 0, 2499, 1, 1",
    "5000, 1, 2499, 0, 1, 1",
    "90, 600, 0, 240, 90, 120",
    "600, 90, 240, 0, 120, 90"
  })
  void wholeAreasOfLongImagesBecomeTheMiddle(
      int width, int height, int left, int top, int columns, int rows) {
    Augmentation whole = new Augmentation(1, 0, 0, 0, 0);

    assertThat(Distortion.draw(whole, width, height, new SplittableRandom(1)).source())
        .isEqualTo(new Rectangle(left, top, columns, rows));
  }

  @Test
  void ordersAreEquallyLikely() {
    assertThat(draws().map(DistortionTest::order).distinct().toList())
        .hasSize(6)
        .allSatisfy(
            order ->
                assertThat(draws().filter(draw -> order(draw).equals(order)).count())
                    .isCloseTo(DRAWS / 6, within(100L)));
  }

  @Test
  void factorsFillTheirRanges() {
    Augmentation uneven = new Augmentation(1, 0.1, 0.5, 1, 0);
    SplittableRandom random = new SplittableRandom(3);

    List<Distortion.Step> steps =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> Distortion.draw(uneven, WIDTH, HEIGHT, random))
            .flatMap(draw -> draw.steps().stream())
            .toList();

    assertThat(extremes(steps, Adjustment.BRIGHTNESS))
        .containsExactly(new double[] {0.9, 1.1}, within(0.01));
    assertThat(extremes(steps, Adjustment.CONTRAST))
        .containsExactly(new double[] {0.5, 1.5}, within(0.01));
    assertThat(extremes(steps, Adjustment.SATURATION))
        .containsExactly(new double[] {0, 2}, within(0.01));
  }

  @Test
  void halfOfTheCropsAreMirrored() {
    assertThat(draws().filter(Distortion::mirrored).count()).isCloseTo(DRAWS / 2, within(150L));
  }

  private static double[] extremes(List<Distortion.Step> steps, Adjustment adjustment) {
    double[] sorted =
        steps.stream()
            .filter(step -> step.adjustment() == adjustment)
            .mapToDouble(Distortion.Step::factor)
            .sorted()
            .toArray();
    return new double[] {sorted[0], sorted[sorted.length - 1]};
  }

  private static List<Adjustment> order(Distortion distortion) {
    return distortion.steps().stream().map(Distortion.Step::adjustment).toList();
  }

  private static double area(Rectangle source) {
    return (double) source.width() * source.height() / (WIDTH * HEIGHT);
  }

  private static List<Rectangle> sources() {
    return draws().map(Distortion::source).toList();
  }

  private static Stream<Distortion> draws() {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, DRAWS).mapToObj(i -> draw(random));
  }

  private static Distortion draw(SplittableRandom random) {
    return Distortion.draw(Augmentation.MEGVII, WIDTH, HEIGHT, random);
  }
}
