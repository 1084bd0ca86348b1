package io.shufflenet.spark.evaluation.comparison;

import java.util.Comparator;

/**
 * The compared images that have one value in one column of the second run.
 *
 * @param value as text; null for the images without one
 * @param top1 of at least one image
 * @param holm the p-value adjusted by Holm for as many tests as there are slices
 */
public record SliceComparison(String column, String value, PairedAccuracy top1, double holm) {
  static final Comparator<SliceComparison> LARGEST_DROP_FIRST =
      Comparator.comparingDouble((SliceComparison one) -> one.top1().difference().difference())
          .thenComparing(
              Comparator.comparingLong((SliceComparison one) -> one.top1().images()).reversed())
          .thenComparing(SliceComparison::column)
          .thenComparing(SliceComparison::value, Comparator.nullsLast(Comparator.naturalOrder()));
}
