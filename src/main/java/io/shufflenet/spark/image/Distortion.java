package io.shufflenet.spark.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One variation of an image, drawn with torchvision 0.14's probabilities.
 *
 * @param source the part of the upright image that becomes the crop
 * @param steps changes of its colours, in their order
 * @param mirrored whether left and right change places
 */
record Distortion(Rectangle source, List<Step> steps, boolean mirrored) {
  private static final int TRIES = 10;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;

  /**
   * @param factor from 0; 1 changes nothing
   */
  record Step(Adjustment adjustment, double factor) {}

  /**
   * Of an image of these sizes. Draws up to ten times an area and an aspect ratio, for the first
   * that fit a row and a column, then two numbers for the order of the adjustments, a factor for
   * each of brightness, contrast and saturation, and one number for the mirror.
   */
  static Distortion draw(Augmentation augmentation, int width, int height, RandomGenerator random) {
    Rectangle source = source(augmentation.minArea(), width, height, random);
    List<Step> steps = steps(augmentation, random);
    return new Distortion(source, steps, random.nextDouble() < augmentation.flip());
  }

  private static Rectangle source(double minArea, int width, int height, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      double area = (double) width * height * uniform(minArea, 1, random);
      double aspect = Math.exp(uniform(Math.log(NARROWEST), Math.log(WIDEST), random));
      int columns = (int) Math.rint(Math.sqrt(area * aspect));
      int rows = (int) Math.rint(Math.sqrt(area / aspect));
      if (columns > 0 && columns <= width && rows > 0 && rows <= height) {
        int top = random.nextInt(height - rows + 1);
        int left = random.nextInt(width - columns + 1);
        return new Rectangle(left, top, columns, rows);
      }
    }
    return middle(width, height);
  }

  /** The largest part around the middle that is neither too narrow nor too wide. */
  private static Rectangle middle(int width, int height) {
    double aspect = (double) width / height;
    int columns = aspect > WIDEST ? (int) Math.rint(height * WIDEST) : width;
    int rows = aspect < NARROWEST ? (int) Math.rint(width / NARROWEST) : height;
    return new Rectangle((width - columns) / 2, (height - rows) / 2, columns, rows);
  }

  private static List<Step> steps(Augmentation augmentation, RandomGenerator random) {
    List<Adjustment> order = new ArrayList<>(List.of(Adjustment.values()));
    for (int last = order.size() - 1; last > 0; last--) {
      Collections.swap(order, last, random.nextInt(last + 1));
    }
    Map<Adjustment, Step> steps = new EnumMap<>(Adjustment.class);
    for (Adjustment adjustment : Adjustment.values()) {
      double strength = strength(augmentation, adjustment);
      steps.put(adjustment, new Step(adjustment, uniform(1 - strength, 1 + strength, random)));
    }
    return order.stream().map(steps::get).toList();
  }

  private static double strength(Augmentation augmentation, Adjustment adjustment) {
    return switch (adjustment) {
      case BRIGHTNESS -> augmentation.brightness();
      case CONTRAST -> augmentation.contrast();
      case SATURATION -> augmentation.saturation();
    };
  }

  private static double uniform(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }
}
