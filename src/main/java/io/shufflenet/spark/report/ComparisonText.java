package io.shufflenet.spark.report;

import static io.shufflenet.spark.report.Figures.decimal;
import static io.shufflenet.spark.report.Figures.interval;
import static io.shufflenet.spark.report.Figures.p;
import static io.shufflenet.spark.report.Figures.percent;
import static io.shufflenet.spark.report.Figures.points;
import static io.shufflenet.spark.report.Figures.whole;
import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.comparison.BinDrift;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.Difference;
import io.shufflenet.spark.evaluation.comparison.FeatureDrift;
import io.shufflenet.spark.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;

/** A comparison of runs for a person at a terminal: lines of less than 100 characters. */
public final class ComparisonText {
  private static final int WIDTH = 98;
  private static final int RUN_WIDTH = 90;
  private static final int NAME_WIDTH = 20;
  private static final int BIN_WIDTH = 18;

  private final List<String> lines = new ArrayList<>();

  private ComparisonText() {}

  /**
   * The text, with a line feed at the end of each line.
   *
   * @param runs the first is the one that the others were held against
   * @param comparisons one for each run but the first; of a single one the details are told too
   */
  public static String of(List<ComparedRun> runs, List<Comparison> comparisons) {
    ComparisonText text = new ComparisonText();
    text.runs(runs);
    for (Comparison comparison : comparisons) {
      text.lines.add("");
      text.verdict(comparison);
      if (comparisons.size() == 1) {
        text.details(comparison);
      }
    }
    return String.join("\n", text.lines) + "\n";
  }

  private void runs(List<ComparedRun> runs) {
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.row("run", "images", "failed", "top-1", "95 % interval", "NLL", "ECE");
    for (ComparedRun run : runs) {
      Accuracy top1 = run.summary().top1();
      table.row(
          run.run(),
          whole(run.summary().images().images()),
          whole(run.summary().images().failed()),
          top1 == null ? "-" : percent(top1.accuracy()),
          top1 == null ? "-" : interval(top1),
          decimal(run.summary().nll()),
          decimal(run.summary().ece()));
    }
    lines.addAll(table.lines());
    for (ComparedRun run : runs) {
      lines.add("  " + run.run() + ": " + Printable.tail(run.output(), RUN_WIDTH));
    }
  }

  /** Better, worse, or not to be told apart, and by how much. */
  private void verdict(Comparison comparison) {
    lines.addAll(Printable.wrap(verdictOf(comparison), WIDTH));
    if (!comparison.differsIn().isEmpty()) {
      lines.addAll(
          Printable.wrap("differ in: " + String.join(", ", comparison.differsIn()), WIDTH));
    }
  }

  private static String verdictOf(Comparison comparison) {
    Difference difference = comparison.difference();
    String run = comparison.run();
    String reference = comparison.reference();
    if (difference == null) {
      return "%s and %s: no accuracy to compare, for %s"
          .formatted(
              run,
              reference,
              comparison.paired() == null
                  ? "one of them has no image with a label and a prediction"
                  : "no image has the same label and a prediction in both");
    }
    String measured =
        format(
            ROOT,
            "top-1 %s points (95 %% interval %s%s)",
            points(difference.difference()),
            interval(difference),
            comparison.paired() == null ? "" : ", " + p("p ", comparison.paired().top1().pValue()));
    return comparison.verdict().equals(Comparison.UNDECIDED)
        ? "%s and %s cannot be told apart: %s".formatted(run, reference, measured)
        : "%s is %s than %s: %s".formatted(run, comparison.verdict(), reference, measured);
  }

  private void details(Comparison comparison) {
    if (comparison.paired() == null) {
      lines.add("  unpaired: each run's accuracy is of its own images");
    } else {
      lines.addAll(PairedText.accuracy(comparison.paired()));
    }
    classNames(comparison);
    if (comparison.paired() != null) {
      lines.addAll(PairedText.parts(comparison.paired()));
    }
    drift(comparison);
  }

  private void classNames(Comparison comparison) {
    classesOnlyIn("A", comparison.classesOnlyA());
    classesOnlyIn("B", comparison.classesOnlyB());
  }

  private void classesOnlyIn(String run, List<String> names) {
    if (!names.isEmpty()) {
      lines.add(
          format(
              ROOT,
              "  classes that only %s has: %,d, first %s",
              run,
              names.size(),
              Printable.head(names.get(0), NAME_WIDTH)));
    }
  }

  private void drift(Comparison comparison) {
    lines.add("");
    lines.add("Drift from A to B (population stability index)");
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT);
    table.row("feature", "PSI", "by chance", "reading", "most changed");
    for (FeatureDrift feature : comparison.drift().features()) {
      table.row(
          feature.feature(),
          decimal(feature.psi()),
          decimal(feature.chance()),
          feature.reading(),
          feature.psi() == null || feature.psi() == 0 ? "-" : mostChanged(feature.bins().get(0)));
    }
    lines.addAll(table.lines());
  }

  private static String mostChanged(BinDrift bin) {
    return format(
        ROOT,
        "%s: %s to %s",
        Printable.head(bin.bin(), BIN_WIDTH),
        percent(bin.shareA()),
        percent(bin.shareB()));
  }
}
