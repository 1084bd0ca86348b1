package io.shufflenet.spark.evaluation;

import java.util.List;

/**
 * All that the metrics need to know of a set of predictions. Counts of two sets add up to the
 * counts of both together; their size is bounded by the number of classes squared.
 *
 * @param classes how many classes the model tells apart
 * @param unlabelled images without a label, failed ones among them
 * @param unlabelledFailed images with neither label nor prediction
 * @param rotated images whose EXIF orientation is not the upright 1
 * @param cells images with label and prediction, row by row, the empty cells left out
 * @param failedByClass labelled images without a prediction, for each class
 * @param bins images with label and prediction by top-1 probability, {@link Calibration#BINS} of
 *     them
 * @param failures images without a prediction, the most frequent kind first
 */
record Counts(
    int classes,
    long unlabelled,
    long unlabelledFailed,
    long rotated,
    List<Cell> cells,
    List<Long> failedByClass,
    List<BinCounts> bins,
    List<FailureGroup> failures) {
  Counts {
    cells = List.copyOf(cells);
    failedByClass = List.copyOf(failedByClass);
    bins = List.copyOf(bins);
    failures = List.copyOf(failures);
  }

  /** The counts of both sets of predictions, which must be of the same classes. */
  Counts merge(Counts other) {
    return new CountsBuilder(classes).add(this).add(other).build();
  }

  ImageCounts images() {
    long evaluated = cells.stream().mapToLong(Cell::images).sum();
    long labelledFailed = failedByClass.stream().mapToLong(Long::longValue).sum();
    long labelled = evaluated + labelledFailed;
    return new ImageCounts(
        labelled + unlabelled,
        labelled,
        unlabelled,
        labelledFailed + unlabelledFailed,
        labelledFailed,
        evaluated,
        rotated);
  }

  long correct() {
    return cells.stream().filter(Cell::isCorrect).mapToLong(Cell::images).sum();
  }

  long top5() {
    return cells.stream().mapToLong(Cell::top5).sum();
  }
}
