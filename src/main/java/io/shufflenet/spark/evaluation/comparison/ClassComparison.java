package io.shufflenet.spark.evaluation.comparison;

import java.util.Comparator;

/**
 * The compared images of one label.
 *
 * @param index common to both runs
 * @param support compared images with this label, at least one
 * @param difference recall of the second run minus that of the first
 * @param gained images that only the second run has right
 * @param lost images that only the first run has right
 */
public record ClassComparison(
    int index,
    String name,
    long support,
    double recallA,
    double recallB,
    double difference,
    long gained,
    long lost) {
  static final Comparator<ClassComparison> LARGEST_LOSS_FIRST =
      Comparator.comparingLong((ClassComparison one) -> one.gained() - one.lost())
          .thenComparing(Comparator.comparingLong(ClassComparison::lost).reversed())
          .thenComparingInt(ClassComparison::index);

  static ClassComparison of(int index, String name, PairedCounts counts) {
    double support = counts.images();
    return new ClassComparison(
        index,
        name,
        counts.images(),
        counts.hitsA() / support,
        counts.hitsB() / support,
        (counts.gained() - counts.lost()) / support,
        counts.gained(),
        counts.lost());
  }
}
