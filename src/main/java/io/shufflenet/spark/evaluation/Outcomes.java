package io.shufflenet.spark.evaluation;

/**
 * How many images came out how.
 *
 * @param evaluated images with label and prediction
 * @param correct those of them whose prediction is right
 * @param top5 those of the evaluated whose label is among the five best classes
 * @param labelledFailed images with a label and without a prediction
 * @param unlabelled images without a label, failed ones among them
 * @param unlabelledFailed images with neither label nor prediction
 * @param rotated images whose EXIF orientation is not the upright 1
 */
record Outcomes(
    long evaluated,
    long correct,
    long top5,
    long labelledFailed,
    long unlabelled,
    long unlabelledFailed,
    long rotated) {
  static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0);

  static Outcomes evaluated(long images, long correct, long top5) {
    return new Outcomes(images, correct, top5, 0, 0, 0, 0);
  }

  static Outcomes labelledFailed(long images) {
    return new Outcomes(0, 0, 0, images, 0, 0, 0);
  }

  static Outcomes unlabelled(long images) {
    return new Outcomes(0, 0, 0, 0, images, 0, 0);
  }

  static Outcomes unlabelledFailed(long images) {
    return new Outcomes(0, 0, 0, 0, images, images, 0);
  }

  static Outcomes rotated(long images) {
    return new Outcomes(0, 0, 0, 0, 0, 0, images);
  }

  Outcomes plus(Outcomes other) {
    return new Outcomes(
        evaluated + other.evaluated,
        correct + other.correct,
        top5 + other.top5,
        labelledFailed + other.labelledFailed,
        unlabelled + other.unlabelled,
        unlabelledFailed + other.unlabelledFailed,
        rotated + other.rotated);
  }

  /** Of those that are told apart. */
  ImageCounts images(boolean orientations) {
    long labelled = evaluated + labelledFailed;
    return new ImageCounts(
        labelled + unlabelled,
        labelled,
        unlabelled,
        labelledFailed + unlabelledFailed,
        labelledFailed,
        evaluated,
        orientations ? (Long) rotated : null);
  }
}
