package io.shufflenet.spark.image;

import java.io.Serializable;

/**
 * How far images are varied for training, in the terms of torchvision's {@code RandomResizedCrop},
 * {@code ColorJitter} and {@code RandomHorizontalFlip}.
 *
 * @param minArea least part of an image's area that a crop covers: more than 0, at most 1
 * @param brightness how far from 1 the factor of brightness may be: 0 to 1
 * @param contrast how far from 1 the factor of contrast may be: 0 to 1
 * @param saturation how far from 1 the factor of saturation may be: 0 to 1
 * @param flip probability of a mirrored crop
 */
public record Augmentation(
    double minArea, double brightness, double contrast, double saturation, double flip)
    implements Serializable {
  /** Megvii's ShuffleNet training. */
  public static final Augmentation MEGVII = new Augmentation(0.08, 0.4, 0.4, 0.4, 0.5);

  public Augmentation {
    if (!(minArea > 0 && minArea <= 1)) {
      throw refusal("train.min-area", minArea, "more than 0 and at most 1");
    }
    checkFraction("train.brightness", brightness);
    checkFraction("train.contrast", contrast);
    checkFraction("train.saturation", saturation);
    checkFraction("train.flip", flip);
  }

  private static void checkFraction(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw refusal(key, value, "0 to 1");
    }
  }

  private static IllegalArgumentException refusal(String key, double value, String range) {
    return new IllegalArgumentException(
        "Cannot augment images with %s = %s: it is %s".formatted(key, value, range));
  }
}
