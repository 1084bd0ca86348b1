package io.shufflenet.spark.report;

import static io.shufflenet.spark.report.Figures.images;
import static io.shufflenet.spark.report.Figures.interval;
import static io.shufflenet.spark.report.Figures.p;
import static io.shufflenet.spark.report.Figures.percent;
import static io.shufflenet.spark.report.Figures.points;
import static io.shufflenet.spark.report.Figures.whole;

import io.shufflenet.spark.evaluation.comparison.Baseline;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.report.TextTable.Align;
import io.shufflenet.spark.results.GateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How predictions did against a baseline and gates, for a person at a terminal. */
public final class JudgementText {
  private static final int WIDTH = 90;

  private JudgementText() {}

  /** The text, with a line feed at the end of each line; empty where nothing was asked. */
  public static String of(Optional<Baseline> baseline, List<GateResult> gates) {
    List<String> lines = new ArrayList<>();
    baseline.ifPresent(run -> lines.addAll(against(run)));
    if (!gates.isEmpty()) {
      lines.add("");
      lines.add("Gates");
      lines.addAll(table(gates));
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static List<String> against(Baseline run) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "Against the baseline, run " + Printable.head(run.runId(), WIDTH) + ": " + verdict(run));
    if (run.difference() != null) {
      lines.add(
          "  top-1 %s points, 95 %% interval %s%s"
              .formatted(
                  points(run.difference().difference()), interval(run.difference()), paired(run)));
    }
    if (run.unpaired() != null) {
      lines.addAll(
          Printable.wrap("not image by image: " + run.unpaired(), WIDTH).stream()
              .map(line -> "  " + line)
              .toList());
    }
    if (run.agreement() != null) {
      lines.add(
          "  both predicted the same class for %s of the images"
              .formatted(percent(run.agreement())));
    }
    if (!run.differsIn().isEmpty()) {
      lines.addAll(
          Printable.wrap("differs in: " + String.join(", ", run.differsIn()), WIDTH).stream()
              .map(line -> "  " + line)
              .toList());
    }
    return lines;
  }

  private static String verdict(Baseline run) {
    return switch (run.verdict()) {
      case Comparison.BETTER -> "better";
      case Comparison.WORSE -> "worse";
      case Comparison.UNDECIDED -> "not to be told apart";
      default -> "nothing to compare";
    };
  }

  private static String paired(Baseline run) {
    return run.pValue() == null
        ? ", of all images of each"
        : ", %s over %s, %s gained, %s lost"
            .formatted(
                p("p ", run.pValue()),
                images(run.images()),
                whole(run.gained()),
                whole(run.lost()));
  }

  private static List<String> table(List<GateResult> gates) {
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.row("gate", "limit", "measured", "");
    for (GateResult gate : gates) {
      table.row(
          gate.gate(),
          Double.toString(gate.limit()),
          Figures.decimal(gate.measured()),
          gate.passed() ? "passed" : "FAILED");
    }
    return table.lines();
  }
}
