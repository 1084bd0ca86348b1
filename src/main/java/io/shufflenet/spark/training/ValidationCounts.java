package io.shufflenet.spark.training;

/** Sums over a validation set. */
final class ValidationCounts {
  private static final int TOP = 5;

  private final int classes;
  private int images;
  private int top1;
  private int top5;
  private double nll;

  ValidationCounts(int classes) {
    this.classes = classes;
  }

  /**
   * @param logits one row of {@code classes} for each label
   */
  void add(float[] logits, int[] labels) {
    for (int image = 0; image < labels.length; image++) {
      add(logits, image * classes, labels[image]);
    }
  }

  private void add(float[] logits, int first, int label) {
    float own = logits[first + label];
    double largest = own;
    int rank = 1;
    for (int index = 0; index < classes; index++) {
      float other = logits[first + index];
      largest = Math.max(largest, other);
      // Of equals the lower index comes first; a NaN is never right.
      rank += other > own || (other == own && index < label) || Float.isNaN(own) ? 1 : 0;
    }
    double sum = 0;
    for (int index = 0; index < classes; index++) {
      sum += Math.exp(logits[first + index] - largest);
    }
    images++;
    top1 += rank == 1 ? 1 : 0;
    top5 += rank <= TOP ? 1 : 0;
    nll += largest + Math.log(sum) - own;
  }

  Validation validation() {
    return new Validation(
        images,
        (double) top1 / images,
        classes > TOP ? (Double) ((double) top5 / images) : null,
        nll / images);
  }
}
