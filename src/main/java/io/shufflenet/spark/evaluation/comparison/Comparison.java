package io.shufflenet.spark.evaluation.comparison;

import java.util.List;

/**
 * One run held against another.
 *
 * @param run the second run's letter
 * @param reference the first run's letter
 * @param differsIn what made the predictions and is not the same in both, in the words of {@code
 *     run.json}
 * @param classesOnlyA names of the classes that only the first run has
 * @param classesOnlyB names of the classes that only the second run has
 * @param verdict {@code better} or {@code worse} where the second run's top-1 accuracy is and
 *     chance would make that less than once in 20 times, {@code undecided} where it might, {@code
 *     unknown} where there is nothing to measure it on
 * @param difference what the verdict is of: over the same images where they were paired, else over
 *     each run's own; null where there is nothing to measure it on
 * @param unpaired accuracy of all of the second run's evaluated images minus that of all of the
 *     first's, whether or not they are the same images; null where a run has none
 * @param paired image by image; null where that was not asked
 * @param drift how differently the runs are made up
 */
public record Comparison(
    String run,
    String reference,
    List<String> differsIn,
    List<String> classesOnlyA,
    List<String> classesOnlyB,
    String verdict,
    Difference difference,
    Difference unpaired,
    PairedComparison paired,
    Drift drift) {
  public static final String BETTER = "better";
  public static final String WORSE = "worse";
  public static final String UNDECIDED = "undecided";
  public static final String UNKNOWN = "unknown";

  public Comparison {
    differsIn = List.copyOf(differsIn);
    classesOnlyA = List.copyOf(classesOnlyA);
    classesOnlyB = List.copyOf(classesOnlyB);
  }

  /**
   * Compares what the runs are made of, and their accuracies as those of unrelated images.
   *
   * @throws IllegalArgumentException if the runs have no class in common
   */
  public static Comparison unpaired(ComparedRun a, ComparedRun b) {
    return of(a, b, CommonClasses.of(a.predictions(), b.predictions()), null);
  }

  /**
   * Compares image by image too, with Spark.
   *
   * @param runs the same two, joined
   */
  public static Comparison paired(ComparedRun a, ComparedRun b, PairedRuns runs) {
    PairedComparison paired = runs.measure();
    boolean five = a.summary().top5() != null && b.summary().top5() != null;
    return of(a, b, runs.classes(), five ? paired : paired.withoutTop5());
  }

  /**
   * Holds a run against an earlier one, its baseline, image by image, with Spark.
   *
   * @throws IllegalArgumentException as {@link PairedRuns#join} does
   */
  public static Comparison against(ComparedRun baseline, ComparedRun run) {
    try (PairedRuns runs = PairedRuns.join(baseline.predictions(), run.predictions(), List.of())) {
      return paired(baseline, run, runs);
    }
  }

  private static Comparison of(
      ComparedRun a, ComparedRun b, CommonClasses classes, PairedComparison paired) {
    Difference unpaired = Difference.ofIndependent(a.summary().top1(), b.summary().top1());
    Difference difference = difference(unpaired, paired);
    return new Comparison(
        b.run(),
        a.run(),
        b.differsIn(a),
        classes.onlyA(),
        classes.onlyB(),
        verdict(difference, paired),
        difference,
        unpaired,
        paired,
        Drift.of(a.profile(), b.profile(), classes));
  }

  static Difference difference(Difference unpaired, PairedComparison paired) {
    if (paired == null) {
      return unpaired;
    }
    return paired.top1() == null ? null : paired.top1().difference();
  }

  /** Where the images are not the same, an interval without 0 is what chance would not make. */
  static String verdict(Difference difference, PairedComparison paired) {
    if (difference == null) {
      return UNKNOWN;
    }
    boolean decided =
        paired == null
            ? difference.low() > 0 || difference.high() < 0
            : paired.top1().isSignificant();
    if (!decided) {
      return UNDECIDED;
    }
    return difference.difference() > 0 ? BETTER : WORSE;
  }
}
