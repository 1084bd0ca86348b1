package io.shufflenet.spark.evaluation.comparison;

import java.util.List;

/**
 * Two runs image by image.
 *
 * @param agreement share of the images that both predicted as the same class; null where there are
 *     none
 * @param top1 null where no image can be compared
 * @param top5 null where no image can be compared, or a run has five classes or fewer, or the
 *     labels' ranks are not known
 * @param meanConfidenceA mean top-1 probability of the first run over the images that both
 *     predicted; null where there are none
 * @param meanConfidenceB likewise of the second run
 * @param perClass classes with compared images, the largest net loss first
 * @param slices the largest drop in accuracy first
 * @param examples a few of the images that changed: of each kind of change the first by path
 */
public record PairedComparison(
    PairedImages images,
    Double agreement,
    PairedAccuracy top1,
    PairedAccuracy top5,
    Double meanConfidenceA,
    Double meanConfidenceB,
    List<ClassComparison> perClass,
    List<SliceComparison> slices,
    List<ChangedImage> examples) {
  public PairedComparison {
    perClass = List.copyOf(perClass);
    slices = List.copyOf(slices);
    examples = List.copyOf(examples);
  }

  /** Of runs that were limited to five classes or fewer. */
  PairedComparison withoutTop5() {
    return new PairedComparison(
        images,
        agreement,
        top1,
        null,
        meanConfidenceA,
        meanConfidenceB,
        perClass,
        slices,
        examples);
  }
}
