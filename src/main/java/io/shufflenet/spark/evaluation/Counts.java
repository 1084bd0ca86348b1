package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.Set;

/**
 * All that the metrics need to know of a set of predictions. Counts of two sets add up to the
 * counts of both together; their size is bounded by the number of classes squared.
 *
 * @param classes how many classes the model tells apart
 * @param facts what every prediction of the set tells
 * @param cells images with label and prediction, row by row, the empty cells left out; none where a
 *     label is not one class
 * @param failedByClass labelled images without a prediction, for each class; 0 where a label is not
 *     one class
 * @param bins images with label and prediction by top-1 probability, {@link Calibration#FINE_BINS}
 *     of them; all in the first where that is not told
 * @param failures images without a prediction, the most frequent kind first
 */
record Counts(
    int classes,
    Set<Fact> facts,
    Outcomes outcomes,
    List<Cell> cells,
    List<Long> failedByClass,
    List<BinCounts> bins,
    List<FailureGroup> failures) {
  Counts {
    facts = Set.copyOf(facts);
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
    return outcomes.images(facts.contains(Fact.ORIENTATION));
  }
}
