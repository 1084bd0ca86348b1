package io.shufflenet.spark.image;

import java.util.Locale;

/** What is done with the orientation that a camera wrote into an image's EXIF data. */
public enum Orientation {
  /** Pixels stay as they are stored: what Megvii's and torchvision's evaluations do. */
  IGNORE,
  /** Pixels are turned and mirrored upright before anything else is done with them. */
  APPLY;

  /** {@code ignore} or {@code apply}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The policy of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Orientation named(String label) {
    for (Orientation policy : values()) {
      if (policy.label().equals(label)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "Cannot treat EXIF orientation by image.orientation = %s: it is %s or %s"
            .formatted(label, IGNORE.label(), APPLY.label()));
  }
}
