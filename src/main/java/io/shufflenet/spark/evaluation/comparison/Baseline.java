package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.evaluation.Accuracy;
import java.util.List;

/**
 * How a set of predictions did against an earlier run, in short.
 *
 * @param output the earlier run's folder
 * @param top1 of all images that the earlier run was measured on
 * @param verdict as in {@link Comparison}
 * @param difference top-1 accuracy minus the earlier run's: over the same images where they could
 *     be paired, else over each one's own; null where there is nothing to measure it on
 * @param pValue of McNemar's exact test; null where no images were paired, as all below
 * @param images that both were measured on
 * @param gained images that only the later one has right
 * @param lost images that only the earlier one has right
 * @param agreement share of the images that both predicted as the same class
 * @param unpaired why the images could not be paired; null where they were
 * @param differsIn what made the predictions and is not the same in both
 */
public record Baseline(
    String output,
    String runId,
    Accuracy top1,
    String verdict,
    Difference difference,
    Double pValue,
    Long images,
    Long gained,
    Long lost,
    Double agreement,
    String unpaired,
    List<String> differsIn) {
  public Baseline {
    differsIn = List.copyOf(differsIn);
  }

  /**
   * @param comparison of a set of predictions against the baseline
   * @param unpaired why the images could not be paired; null where they were
   */
  public static Baseline of(ComparedRun baseline, Comparison comparison, String unpaired) {
    PairedComparison paired = comparison.paired();
    PairedAccuracy top1 = paired == null ? null : paired.top1();
    return new Baseline(
        baseline.output(),
        baseline.provenance().runId(),
        baseline.summary().top1(),
        comparison.verdict(),
        comparison.difference(),
        top1 == null ? null : top1.pValue(),
        top1 == null ? null : top1.images(),
        top1 == null ? null : top1.gained(),
        top1 == null ? null : top1.lost(),
        paired == null ? null : paired.agreement(),
        unpaired,
        comparison.differsIn());
  }
}
