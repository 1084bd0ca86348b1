package io.shufflenet.spark.job;

import io.shufflenet.spark.results.GateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a run that came to its end is judged.
 *
 * @param exitCode 0, {@link Main#GATE_FAILED} or {@link Main#TOO_MANY_FAILURES}, which outranks it
 * @param reasons for an exit code other than 0
 */
record Outcome(int exitCode, List<String> reasons) {

  /**
   * @param maxFailureRate share of the images that may have failed
   */
  static Outcome of(long images, long failed, double maxFailureRate, List<GateResult> gates) {
    List<String> reasons = new ArrayList<>();
    boolean tooMany = (double) failed / images > maxFailureRate;
    if (tooMany) {
      reasons.add(tooMany(images, failed, maxFailureRate));
    }
    gates.stream().filter(gate -> !gate.passed()).map(Outcome::failed).forEach(reasons::add);
    if (reasons.isEmpty()) {
      return new Outcome(0, List.of());
    }
    return new Outcome(tooMany ? Main.TOO_MANY_FAILURES : Main.GATE_FAILED, List.copyOf(reasons));
  }

  /** Of a command that looks at no images, and so cannot fail with them. */
  static Outcome of(List<GateResult> gates) {
    List<String> reasons =
        gates.stream().filter(gate -> !gate.passed()).map(Outcome::failed).toList();
    return new Outcome(reasons.isEmpty() ? 0 : Main.GATE_FAILED, reasons);
  }

  private static String tooMany(long images, long failed, double maxFailureRate) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d images failed (%.2f %%), more than max-failure-rate = %s allows; the results"
            + " are complete all the same",
        failed,
        images,
        100.0 * failed / images,
        maxFailureRate);
  }

  private static String failed(GateResult gate) {
    return "gates.%s = %s failed: %s".formatted(gate.gate(), gate.limit(), gate.message());
  }
}
