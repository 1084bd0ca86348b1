package io.shufflenet.spark.evaluation;

import io.shufflenet.spark.results.GateResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Holds an evaluation against what it has to reach. */
public final class Gates {
  private static final String NOTHING =
      "there is nothing to measure it on, or the predictions do not tell it";

  private final List<GateResult> results = new ArrayList<>();

  private Gates() {}

  /** One result for each limit that asks for something. */
  public static List<GateResult> check(Evaluation evaluation, GateLimits limits) {
    Summary summary = evaluation.summary();
    Gates gates = new Gates();
    gates.accuracy("min-top1", limits.top1(), "top-1 accuracy", summary.top1());
    gates.accuracy(
        "min-top1-all", limits.top1All(), "top-1 accuracy, failures as misses,", summary.top1All());
    gates.top5(limits.top5(), summary);
    gates.classRecall(limits.classRecall(), evaluation.perClass());
    gates.sliceTop1(limits.sliceTop1(), evaluation.slices());
    gates.calibration(limits.ece(), summary.ece());
    return List.copyOf(gates.results);
  }

  private void accuracy(String gate, double limit, String what, Accuracy measured) {
    if (measured == null) {
      minimum(gate, limit, null, NOTHING);
      return;
    }
    String message =
        String.format(
            Locale.ROOT,
            "%s is %.4f over %,d images (95 %% interval %.4f to %.4f)",
            what,
            measured.accuracy(),
            measured.images(),
            measured.low(),
            measured.high());
    minimum(gate, limit, measured.accuracy(), message);
  }

  private void top5(double limit, Summary summary) {
    if (summary.top5() == null && summary.top1() != null) {
      minimum(
          "min-top5",
          limit,
          null,
          "there is no top-5 accuracy: five classes or fewer, or predictions that tell no rank");
      return;
    }
    accuracy("min-top5", limit, "top-5 accuracy", summary.top5());
  }

  private void classRecall(double limit, List<ClassMetrics> classes) {
    List<ClassMetrics> worst =
        classes.stream()
            .filter(one -> one.support() > 0)
            .sorted(Comparator.comparingDouble(ClassMetrics::recall))
            .toList();
    if (worst.isEmpty()) {
      minimum("min-class-recall", limit, null, NOTHING);
      return;
    }
    long below = worst.stream().filter(one -> one.recall() < limit).count();
    ClassMetrics first = worst.get(0);
    String message =
        String.format(
            Locale.ROOT,
            "recall of '%s' is %.4f over %,d images; %,d of %,d classes are below the limit",
            first.name(),
            first.recall(),
            first.support(),
            below,
            worst.size());
    minimum("min-class-recall", limit, first.recall(), message);
  }

  /** Slices of every column, without those of too few images. */
  private void sliceTop1(double limit, List<Slice> slices) {
    List<Slice> worst =
        slices.stream()
            .filter(slice -> slice.supported() && slice.summary().top1() != null)
            .sorted(Comparator.comparingDouble(slice -> slice.summary().top1().accuracy()))
            .toList();
    if (worst.isEmpty()) {
      minimum("min-slice-top1", limit, null, "no slice has images enough (report.min-support)");
      return;
    }
    Slice first = worst.get(0);
    Accuracy top1 = first.summary().top1();
    long below = worst.stream().filter(slice -> slice.summary().top1().accuracy() < limit).count();
    String message =
        String.format(
            Locale.ROOT,
            "top-1 accuracy where %s is %s is %.4f over %,d images; %,d of %,d slices are below"
                + " the limit",
            first.column(),
            first.value() == null ? "null" : "'" + first.value() + "'",
            top1.accuracy(),
            top1.images(),
            below,
            worst.size());
    minimum("min-slice-top1", limit, top1.accuracy(), message);
  }

  private void calibration(double limit, Double measured) {
    if (limit < 1) {
      String message =
          measured == null
              ? NOTHING
              : String.format(Locale.ROOT, "expected calibration error is %.4f", measured);
      boolean passed = measured != null && measured <= limit;
      results.add(new GateResult("max-ece", limit, measured, passed, message));
    }
  }

  private void minimum(String gate, double limit, Double measured, String message) {
    if (limit > 0) {
      boolean passed = measured != null && measured >= limit;
      results.add(new GateResult(gate, limit, measured, passed, message));
    }
  }
}
