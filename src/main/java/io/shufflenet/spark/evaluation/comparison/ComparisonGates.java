package io.shufflenet.spark.evaluation.comparison;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.shufflenet.spark.results.GateResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Holds a comparison against what it must not exceed. */
public final class ComparisonGates {
  /** A smaller p-value is told as less than this. */
  private static final double LEAST_P = 0.0001;

  private ComparisonGates() {}

  /** One result for each limit that asks for something. */
  public static List<GateResult> check(Comparison comparison, ComparisonLimits limits) {
    List<GateResult> results = new ArrayList<>();
    if (limits.drop() < 1) {
      results.add(drop(comparison, limits));
    }
    if (limits.psi() > 0) {
      results.add(psi(comparison, limits.psi()));
    }
    return results;
  }

  private static GateResult drop(Comparison comparison, ComparisonLimits limits) {
    Difference difference = comparison.difference();
    if (difference == null) {
      return new GateResult("max-drop", limits.drop(), null, false, nothing(comparison));
    }
    double drop = 0 - difference.difference();
    boolean counts = limits.counted() == DropLimit.ANY || isDecided(comparison);
    return new GateResult(
        "max-drop",
        limits.drop(),
        drop,
        !counts || drop <= limits.drop(),
        dropMessage(comparison, difference, limits.counted()));
  }

  private static boolean isDecided(Comparison comparison) {
    return !comparison.verdict().equals(Comparison.UNDECIDED);
  }

  private static String nothing(Comparison comparison) {
    return comparison.paired() == null
        ? "%s or %s has no image with a label and a prediction"
            .formatted(comparison.reference(), comparison.run())
        : "no image has the same label and a prediction in %s and %s"
            .formatted(comparison.reference(), comparison.run());
  }

  private static String dropMessage(
      Comparison comparison, Difference difference, DropLimit counted) {
    String measured =
        format(
            ROOT,
            "top-1 accuracy of %s minus that of %s is %+.4f (95 %% interval %+.4f to %+.4f%s)",
            comparison.run(),
            comparison.reference(),
            difference.difference(),
            difference.low(),
            difference.high(),
            pValue(comparison));
    return counted == DropLimit.ANY || isDecided(comparison)
        ? measured
        : measured + ", which may be chance";
  }

  private static String pValue(Comparison comparison) {
    if (comparison.paired() == null) {
      return "";
    }
    PairedAccuracy top1 = comparison.paired().top1();
    String p = top1.pValue() < LEAST_P ? "< 0.0001" : format(ROOT, "= %.4f", top1.pValue());
    return format(ROOT, ", p %s, over %,d images", p, top1.images());
  }

  /** An index that chance may make does not count, however large: with many classes it is. */
  private static GateResult psi(Comparison comparison, double limit) {
    List<FeatureDrift> features = comparison.drift().features();
    List<FeatureDrift> unknown = features.stream().filter(one -> one.psi() == null).toList();
    if (!unknown.isEmpty()) {
      return new GateResult(
          "max-psi",
          limit,
          null,
          false,
          "%s or %s has no image to measure %s on"
              .formatted(comparison.reference(), comparison.run(), unknown.get(0).feature()));
    }
    FeatureDrift worst =
        features.stream()
            .max(
                Comparator.comparing(FeatureDrift::isBeyondChance).thenComparing(FeatureDrift::psi))
            .orElseThrow();
    String message =
        format(
            ROOT,
            "the largest drift of %s against %s is %s with %.4f (chance makes up to %.4f)",
            comparison.run(),
            comparison.reference(),
            worst.feature(),
            worst.psi(),
            worst.chance());
    boolean passed = worst.psi() <= limit || !worst.isBeyondChance();
    return new GateResult("max-psi", limit, worst.psi(), passed, message);
  }
}
