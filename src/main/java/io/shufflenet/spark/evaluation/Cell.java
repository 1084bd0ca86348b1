package io.shufflenet.spark.evaluation;

import java.util.Comparator;

/**
 * Evaluated images of one label and one predicted class.
 *
 * @param top5 those of them whose label is among the five best classes
 */
record Cell(int label, int predicted, long images, long top5) {
  static final Comparator<Cell> ROW_BY_ROW =
      Comparator.comparingInt(Cell::label).thenComparingInt(Cell::predicted);

  boolean isCorrect() {
    return label == predicted;
  }

  Cell plus(Cell other) {
    return new Cell(label, predicted, images + other.images, top5 + other.top5);
  }
}
