package io.shufflenet.spark.report;

import static io.shufflenet.spark.report.Figures.images;
import static io.shufflenet.spark.report.Figures.interval;
import static io.shufflenet.spark.report.Figures.p;
import static io.shufflenet.spark.report.Figures.percent;
import static io.shufflenet.spark.report.Figures.points;
import static io.shufflenet.spark.report.Figures.whole;
import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.shufflenet.spark.evaluation.comparison.ClassComparison;
import io.shufflenet.spark.evaluation.comparison.PairedAccuracy;
import io.shufflenet.spark.evaluation.comparison.PairedComparison;
import io.shufflenet.spark.evaluation.comparison.PairedImages;
import io.shufflenet.spark.evaluation.comparison.SliceComparison;
import io.shufflenet.spark.report.TextTable.Align;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What two runs say of the same images, for a person at a terminal. */
final class PairedText {
  private static final int NAME_WIDTH = 20;
  private static final int PATH_WIDTH = 30;
  private static final int CLASSES = 3;
  private static final int SLICES = 5;

  private final PairedComparison paired;
  private final List<String> lines = new ArrayList<>();

  private PairedText(PairedComparison paired) {
    this.paired = paired;
  }

  /** The accuracies, and over which images. */
  static List<String> accuracy(PairedComparison paired) {
    PairedText text = new PairedText(paired);
    text.accuracies();
    text.countImages();
    return text.lines;
  }

  /** The classes and slices that changed most. */
  static List<String> parts(PairedComparison paired) {
    PairedText text = new PairedText(paired);
    text.classes();
    text.slices();
    return text.lines;
  }

  private void accuracies() {
    if (paired.top1() == null) {
      return;
    }
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.row("", "A", "B", "B - A", "95 % interval", "gained", "lost", "p");
    add(table, "top-1", paired.top1());
    add(table, "top-5", paired.top5());
    lines.addAll(table.lines());
  }

  private static void add(TextTable table, String name, PairedAccuracy accuracy) {
    if (accuracy != null) {
      table.row(
          name,
          percent(accuracy.a().accuracy()),
          percent(accuracy.b().accuracy()),
          points(accuracy.difference().difference()),
          interval(accuracy.difference()),
          whole(accuracy.gained()),
          whole(accuracy.lost()),
          p("", accuracy.pValue()));
    }
  }

  private void countImages() {
    PairedImages images = paired.images();
    lines.add(
        format(
            ROOT,
            "  over %s with one label and a prediction in both, of %s in common",
            images(images.compared()),
            whole(images.common())));
    if (images.predicted() > 0) {
      lines.add(
          format(
              ROOT,
              "  the same class for %s of %s that both predicted",
              percent(paired.agreement()),
              images(images.predicted())));
      lines.add(
          format(
              ROOT,
              "  mean confidence in them: %s in A, %s in B",
              percent(paired.meanConfidenceA()),
              percent(paired.meanConfidenceB())));
    }
    leftOut("only in A", images.onlyA(), images.exampleOnlyA());
    leftOut("only in B", images.onlyB(), images.exampleOnlyB());
    leftOut("failed in A alone", images.failedA(), null);
    leftOut("failed in B alone", images.failedB(), null);
    leftOut("failed in both", images.failedBoth(), null);
    leftOut("without a label in both", images.unlabelled(), null);
    leftOut("with another label in each", images.labelsDiffer(), images.exampleLabelsDiffer());
  }

  private void leftOut(String why, long count, String example) {
    if (count > 0) {
      lines.add(
          "  left out, %s: %s%s"
              .formatted(
                  why,
                  images(count),
                  example == null ? "" : ", first " + Printable.tail(example, PATH_WIDTH)));
    }
  }

  private void classes() {
    List<ClassComparison> lost =
        paired.perClass().stream().filter(one -> one.lost() > one.gained()).toList();
    List<ClassComparison> gained =
        paired.perClass().stream()
            .filter(one -> one.gained() > one.lost())
            .sorted(Comparator.comparingLong(one -> one.lost() - one.gained()))
            .toList();
    if (lost.isEmpty() && gained.isEmpty()) {
      return;
    }
    heading(
        format(
            ROOT,
            "Classes: %,d gained, %,d lost, %,d as before",
            gained.size(),
            lost.size(),
            paired.perClass().size() - gained.size() - lost.size()));
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.row("class", "images", "recall A", "recall B", "B - A", "gained", "lost");
    Stream.concat(lost.stream().limit(CLASSES), gained.stream().limit(CLASSES))
        .forEach(
            one ->
                table.row(
                    Printable.head(one.name(), NAME_WIDTH),
                    whole(one.support()),
                    percent(one.recallA()),
                    percent(one.recallB()),
                    points(one.difference()),
                    whole(one.gained()),
                    whole(one.lost())));
    lines.addAll(table.lines());
  }

  private void slices() {
    if (paired.slices().isEmpty()) {
      return;
    }
    heading(
        format(
            ROOT,
            "Slices, the largest drop first (p adjusted by Holm, tests: %,d)",
            paired.slices().size()));
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.row("column", "value", "images", "A", "B", "B - A", "p");
    for (SliceComparison slice : paired.slices().stream().limit(SLICES).toList()) {
      table.row(
          Printable.head(slice.column(), NAME_WIDTH),
          slice.value() == null ? "-" : Printable.head(slice.value(), NAME_WIDTH),
          whole(slice.top1().images()),
          percent(slice.top1().a().accuracy()),
          percent(slice.top1().b().accuracy()),
          points(slice.top1().difference().difference()),
          p("", slice.holm()));
    }
    lines.addAll(table.lines());
  }

  private void heading(String heading) {
    lines.add("");
    lines.add(heading);
  }
}
