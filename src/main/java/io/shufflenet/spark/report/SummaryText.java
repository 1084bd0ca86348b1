package io.shufflenet.spark.report;

import static io.shufflenet.spark.report.Figures.images;
import static io.shufflenet.spark.report.Figures.interval;
import static io.shufflenet.spark.report.Figures.percent;
import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.Averages;
import io.shufflenet.spark.evaluation.ClassMetrics;
import io.shufflenet.spark.evaluation.ConfusionCell;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.FailureGroup;
import io.shufflenet.spark.evaluation.Finding;
import io.shufflenet.spark.evaluation.ImageCounts;
import io.shufflenet.spark.evaluation.Slice;
import io.shufflenet.spark.evaluation.Summary;
import io.shufflenet.spark.report.TextTable.Align;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An evaluation for a person at a terminal: lines of less than 100 characters. */
public final class SummaryText {
  private static final int WIDTH = 88;
  private static final int STAGE_WIDTH = 8;
  private static final int NAME_WIDTH = 21;
  private static final int PATH_WIDTH = 44;
  private static final int WORST_CLASSES = 3;
  private static final int WORST_SLICES = 3;
  private static final String CRASHED =
      "crashed: executors died twice while the image was under way, alone; where memory is short"
          + " (spark.executor.memoryOverhead), that may be the reason";

  private final Evaluation evaluation;
  private final Summary summary;
  private final List<String> lines = new ArrayList<>();

  private SummaryText(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.summary = evaluation.summary();
  }

  /** The text, with a line feed at the end of each line. */
  public static String of(Evaluation evaluation, Provenance provenance) {
    SummaryText text = new SummaryText(evaluation);
    text.accuracy();
    text.scoring(provenance);
    text.worstClasses();
    text.worstSlices();
    text.failures();
    text.rotation(provenance);
    text.findings();
    return String.join("\n", text.lines) + "\n";
  }

  /** As {@link #of}, without accuracy: for images whose labels, if any, were not asked about. */
  public static String ofPredictions(Evaluation evaluation, Provenance provenance) {
    SummaryText text = new SummaryText(evaluation);
    ImageCounts images = evaluation.summary().images();
    text.lines.add(format(ROOT, "Predicted %s", images(images.images() - images.failed())));
    text.scoring(provenance);
    text.failures();
    text.rotation(provenance);
    return String.join("\n", text.lines) + "\n";
  }

  private void accuracy() {
    ImageCounts images = summary.images();
    if (images.evaluated() == 0) {
      lines.add(nothingEvaluated(images));
      return;
    }
    lines.add(
        format(
            ROOT,
            "Accuracy over %s, of %,d classes",
            images(images.evaluated()),
            summary.classes()));
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.row("", "accuracy", "95 % interval", "error");
    add(table, "top-1", summary.top1());
    add(table, "top-5", summary.top5());
    if (images.labelledFailed() > 0) {
      add(table, "top-1, all", summary.top1All());
      add(table, "top-5, all", summary.top5All());
    }
    lines.addAll(table.lines());
    footnotes(images);
    scores();
  }

  private static String nothingEvaluated(ImageCounts images) {
    return images.labelled() == 0
        ? "No accuracy: no image has a label"
        : "No accuracy: no labelled image has a prediction";
  }

  private static void add(TextTable table, String name, Accuracy accuracy) {
    if (accuracy != null) {
      table.row(name, percent(accuracy.accuracy()), interval(accuracy), percent(accuracy.error()));
    }
  }

  private void footnotes(ImageCounts images) {
    if (images.labelledFailed() > 0) {
      lines.add("  all: failures count as misses, here " + images(images.labelledFailed()));
    }
    if (images.unlabelled() > 0) {
      lines.add("  without a label, and left out: " + images(images.unlabelled()));
    }
  }

  private void scores() {
    String scores =
        Stream.of(
                score("NLL", summary.nll()),
                score("Brier score", summary.brier()),
                score("expected calibration error", summary.ece()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    if (!scores.isEmpty()) {
      lines.add("  " + scores);
    }
    averages();
  }

  private static Optional<String> score(String name, Double value) {
    return Optional.ofNullable(value).map(known -> format(ROOT, "%s %.4f", name, known));
  }

  private void averages() {
    Averages macro = summary.macro();
    if (macro == null) {
      lines.add("  right is any of an image's labels");
      return;
    }
    lines.add(
        format(
            ROOT,
            "  macro precision %.4f, recall %.4f, F1 %.4f",
            macro.precision(),
            macro.recall(),
            macro.f1()));
    if (summary.undefinedClasses() > 0) {
      lines.add(
          format(
              ROOT,
              "  %,d of %,d classes without a precision (never predicted) or a recall (no images)",
              summary.undefinedClasses(),
              summary.classes()));
    }
  }

  /** What differs from the model's own probabilities. */
  private void scoring(Provenance provenance) {
    if (provenance.scoredClasses() < provenance.classes()) {
      lines.add(
          format(
              ROOT,
              "  scored among %,d of the model's %,d classes (classes.restrict)",
              provenance.scoredClasses(),
              provenance.classes()));
    }
    if (provenance.temperature() != null && provenance.temperature() != 1) {
      lines.add(
          "  probabilities at temperature "
              + provenance.temperature()
              + " (inference.temperature)");
    }
  }

  private void worstClasses() {
    List<ClassMetrics> worst = worstByRecall();
    if (worst.isEmpty()) {
      return;
    }
    heading("Worst classes by recall");
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.row("class", "images", "recall", "precision", "mostly taken for");
    for (ClassMetrics one : worst) {
      table.row(
          Printable.head(one.name(), NAME_WIDTH),
          format(ROOT, "%,d", one.support()),
          percent(one.recall()),
          one.precision() == null ? "-" : percent(one.precision()),
          mostlyTakenFor(one));
    }
    lines.addAll(table.lines());
  }

  private List<ClassMetrics> worstByRecall() {
    return evaluation.perClass().stream()
        .filter(one -> one.support() > one.correct())
        .sorted(
            Comparator.comparingDouble(ClassMetrics::recall)
                .thenComparing(Comparator.comparingLong(ClassMetrics::support).reversed())
                .thenComparingInt(ClassMetrics::index))
        .limit(WORST_CLASSES)
        .toList();
  }

  private String mostlyTakenFor(ClassMetrics one) {
    return evaluation.confusion().stream()
        .filter(cell -> cell.labelIndex() == one.index() && cell.predictedIndex() != one.index())
        .max(
            Comparator.comparingLong(ConfusionCell::count)
                .thenComparing(Comparator.comparingInt(ConfusionCell::predictedIndex).reversed()))
        .map(
            cell ->
                format(
                    ROOT, "%s (%,d)", Printable.head(cell.predicted(), NAME_WIDTH), cell.count()))
        .orElse("-");
  }

  private void worstSlices() {
    List<Slice> worst =
        evaluation.slices().stream()
            .filter(Slice::supported)
            .sorted(Comparator.comparingDouble(slice -> slice.summary().top1().accuracy()))
            .limit(WORST_SLICES)
            .toList();
    if (evaluation.slices().isEmpty()) {
      return;
    }
    heading("Worst slices by top-1");
    if (!worst.isEmpty()) {
      slices(worst);
    }
    long few = evaluation.slices().stream().filter(slice -> !slice.supported()).count();
    if (few > 0) {
      lines.add(
          format(
              ROOT,
              "  left out: %s of fewer images than report.min-support",
              few == 1 ? "1 slice" : format(ROOT, "%,d slices", few)));
    }
  }

  private void slices(List<Slice> worst) {
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.row("slice", "images", "top-1", "95 % interval");
    for (Slice slice : worst) {
      Accuracy top1 = slice.summary().top1();
      table.row(
          Printable.head(slice.column(), NAME_WIDTH)
              + (slice.value() == null
                  ? " is null"
                  : " = " + Printable.head(slice.value(), NAME_WIDTH)),
          format(ROOT, "%,d", top1.images()),
          percent(top1.accuracy()),
          interval(top1));
    }
    lines.addAll(table.lines());
  }

  private void failures() {
    if (evaluation.failures().isEmpty()) {
      return;
    }
    heading(
        format(
            ROOT,
            "Failures: %,d of %s",
            summary.images().failed(),
            images(summary.images().images())));
    TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT);
    table.row("stage", "kind", "images", "for example");
    for (FailureGroup group : evaluation.failures()) {
      String example = group.examples().isEmpty() ? "-" : group.examples().get(0);
      table.row(
          Printable.head(group.stage(), STAGE_WIDTH),
          Printable.head(group.kind(), NAME_WIDTH),
          format(ROOT, "%,d", group.count()),
          Printable.tail(example, PATH_WIDTH));
    }
    lines.addAll(table.lines());
    if (evaluation.failures().stream().anyMatch(SummaryText::isCrash)) {
      lines.addAll(Printable.wrap(CRASHED, WIDTH));
    }
  }

  private static boolean isCrash(FailureGroup group) {
    return group.kind().equals(PredictionSchema.CRASHED);
  }

  private void rotation(Provenance provenance) {
    if (summary.images().rotated() == null || summary.images().rotated() == 0) {
      return;
    }
    heading(
        format(
            ROOT,
            "%s with an EXIF rotation, which the run was told to %s (image.orientation)",
            images(summary.images().rotated()),
            provenance.orientation()));
  }

  private void findings() {
    for (Finding finding : evaluation.findings()) {
      lines.add("");
      lines.addAll(Printable.wrap("WARNING: " + finding.message(), WIDTH));
    }
  }

  private void heading(String heading) {
    lines.add("");
    lines.add(heading);
  }
}
