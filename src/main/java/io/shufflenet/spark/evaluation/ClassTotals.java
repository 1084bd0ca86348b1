package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/** Sums of images for each class, and what follows from them. */
final class ClassTotals {
  private final List<String> names;
  private final boolean five;
  private final long[] support;
  private final long[] predicted;
  private final long[] correct;
  private final long[] top5;
  private final long[] failed;

  /**
   * @param names of the classes by index
   * @param five whether it is known what is among the five best, and means something
   */
  ClassTotals(List<String> names, boolean five) {
    this.names = names;
    this.five = five;
    this.support = new long[names.size()];
    this.predicted = new long[names.size()];
    this.correct = new long[names.size()];
    this.top5 = new long[names.size()];
    this.failed = new long[names.size()];
  }

  static ClassTotals of(Counts counts, List<String> names) {
    ClassTotals totals = new ClassTotals(names, Summary.hasTop5(counts.classes(), counts.facts()));
    for (Cell cell : counts.cells()) {
      totals.addLabelled(
          cell.label(), cell.images(), cell.isCorrect() ? cell.images() : 0, cell.top5());
      totals.addPredicted(cell.predicted(), cell.images());
    }
    for (int label = 0; label < names.size(); label++) {
      totals.addFailed(label, counts.failedByClass().get(label));
    }
    return totals;
  }

  /** Evaluated images of this label. */
  void addLabelled(int label, long images, long ofThemCorrect, long ofThemTop5) {
    support[label] += images;
    correct[label] += ofThemCorrect;
    top5[label] += ofThemTop5;
  }

  /** Evaluated images of this prediction. */
  void addPredicted(int prediction, long images) {
    predicted[prediction] += images;
  }

  /** Images of this label that have no prediction. */
  void addFailed(int label, long images) {
    failed[label] += images;
  }

  /** One for each class, in the classes' order. */
  List<ClassMetrics> metrics() {
    return IntStream.range(0, names.size()).mapToObj(this::metrics).toList();
  }

  private ClassMetrics metrics(int index) {
    return new ClassMetrics(
        index,
        names.get(index),
        support[index],
        predicted[index],
        correct[index],
        failed[index],
        share(correct[index], predicted[index]),
        share(correct[index], support[index]),
        share(2 * correct[index], support[index] + predicted[index]),
        five ? share(top5[index], support[index]) : null);
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }
}
