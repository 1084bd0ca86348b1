package io.shufflenet.spark.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/** Sums of a confusion matrix's rows and columns, and what follows from them for each class. */
final class PerClass {
  private final Counts counts;
  private final List<String> names;
  private final long[] support;
  private final long[] predicted;
  private final long[] correct;
  private final long[] top5;

  PerClass(Counts counts, List<String> names) {
    this.counts = counts;
    this.names = names;
    this.support = new long[counts.classes()];
    this.predicted = new long[counts.classes()];
    this.correct = new long[counts.classes()];
    this.top5 = new long[counts.classes()];
    counts.cells().forEach(this::add);
  }

  private void add(Cell cell) {
    support[cell.label()] += cell.images();
    predicted[cell.predicted()] += cell.images();
    top5[cell.label()] += cell.top5();
    if (cell.isCorrect()) {
      correct[cell.label()] += cell.images();
    }
  }

  /** One for each class, in the classes' order. */
  List<ClassMetrics> metrics() {
    return IntStream.range(0, counts.classes()).mapToObj(this::metrics).toList();
  }

  private ClassMetrics metrics(int index) {
    return new ClassMetrics(
        index,
        names.get(index),
        support[index],
        predicted[index],
        correct[index],
        counts.failedByClass().get(index),
        share(correct[index], predicted[index]),
        share(correct[index], support[index]),
        share(2 * correct[index], support[index] + predicted[index]),
        Evaluation.hasTop5(counts.classes()) ? share(top5[index], support[index]) : null);
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }
}
