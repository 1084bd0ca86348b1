package io.shufflenet.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Adds up {@link Counts}. */
final class CountsBuilder {
  private final int classes;
  private final Set<Fact> facts;
  private Outcomes outcomes = Outcomes.NONE;
  private final List<Cell> cells = new ArrayList<>();
  private final long[] failedByClass;
  private final BinCounts[] bins = new BinCounts[Calibration.FINE_BINS];
  private final List<FailureGroup> failures = new ArrayList<>();

  CountsBuilder(int classes) {
    this(classes, Fact.ALL);
  }

  /**
   * @param facts what every prediction tells that is counted here
   */
  CountsBuilder(int classes, Set<Fact> facts) {
    this.classes = classes;
    this.facts = EnumSet.copyOf(facts);
    this.failedByClass = new long[classes];
    Arrays.fill(bins, BinCounts.NONE);
  }

  /** Images with label and prediction. */
  CountsBuilder evaluated(Cell cell) {
    requireClass("label_index", cell.label());
    requireClass("predicted_index", cell.predicted());
    cells.add(cell);
    return outcomes(
        Outcomes.evaluated(cell.images(), cell.isCorrect() ? cell.images() : 0, cell.top5()));
  }

  /** Images that belong to no class alone. */
  CountsBuilder outcomes(Outcomes more) {
    outcomes = outcomes.plus(more);
    return this;
  }

  /** Labelled images without a prediction. */
  CountsBuilder failed(int label, long images) {
    requireClass("label_index", label);
    failedByClass[label] += images;
    return outcomes(Outcomes.labelledFailed(images));
  }

  CountsBuilder unlabelled(long images) {
    return outcomes(Outcomes.unlabelled(images));
  }

  CountsBuilder unlabelledFailed(long images) {
    return outcomes(Outcomes.unlabelledFailed(images));
  }

  CountsBuilder rotated(long images) {
    return outcomes(Outcomes.rotated(images));
  }

  CountsBuilder bin(int bin, BinCounts counts) {
    bins[bin] = bins[bin].plus(counts);
    return this;
  }

  CountsBuilder failures(List<FailureGroup> groups) {
    failures.addAll(groups);
    return this;
  }

  CountsBuilder add(Counts counts) {
    requireSameClasses(counts);
    facts.retainAll(counts.facts());
    outcomes(counts.outcomes());
    cells.addAll(counts.cells());
    for (int label = 0; label < classes; label++) {
      failedByClass[label] += counts.failedByClass().get(label);
    }
    for (int bin = 0; bin < bins.length; bin++) {
      bin(bin, counts.bins().get(bin));
    }
    return failures(counts.failures());
  }

  Counts build() {
    return new Counts(
        classes,
        facts,
        outcomes,
        distinctCells(),
        Arrays.stream(failedByClass).boxed().toList(),
        Arrays.asList(bins),
        distinctFailures());
  }

  private List<Cell> distinctCells() {
    cells.sort(Cell.ROW_BY_ROW);
    List<Cell> distinct = new ArrayList<>(cells.size());
    Cell last = null;
    for (Cell cell : cells) {
      if (last != null && Cell.ROW_BY_ROW.compare(last, cell) == 0) {
        last = last.plus(cell);
        distinct.set(distinct.size() - 1, last);
      } else {
        last = cell;
        distinct.add(cell);
      }
    }
    return distinct;
  }

  private List<FailureGroup> distinctFailures() {
    List<FailureGroup> distinct = new ArrayList<>();
    for (FailureGroup group : failures) {
      int place = 0;
      while (place < distinct.size() && !distinct.get(place).isLike(group)) {
        place++;
      }
      if (place < distinct.size()) {
        distinct.set(place, distinct.get(place).plus(group));
      } else {
        distinct.add(group);
      }
    }
    distinct.sort(FailureGroup.MOST_FIRST);
    return distinct;
  }

  private void requireClass(String column, int index) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "Cannot evaluate predictions: %s %d is not one of the %d classes"
              .formatted(column, index, classes));
    }
  }

  private void requireSameClasses(Counts counts) {
    if (counts.classes() != classes) {
      throw new IllegalArgumentException(
          "Cannot merge counts of %d classes with counts of %d"
              .formatted(counts.classes(), classes));
    }
  }
}
