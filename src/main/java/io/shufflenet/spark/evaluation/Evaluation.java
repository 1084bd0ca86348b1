package io.shufflenet.spark.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How accurate a set of predictions is. Metrics run over the evaluated images: those with a label
 * and a prediction.
 *
 * <p>Every number is the same bit for bit whatever the order and the partitioning of the
 * predictions. Counts and shares are exact; mean log-likelihood, Brier score, confidence and
 * calibration error lie within 5e-10 of the mean of the stored values, each of which is rounded to
 * 12 decimals before they are added exactly.
 *
 * @param perClass one for each class, in the classes' order
 * @param confusion the confusion matrix row by row, its empty cells left out
 * @param calibration 15 bins of equal width, closed on the right, by top-1 probability
 * @param coverage from the surest image to all, at most 101 points
 * @param failures images without a prediction, the most frequent kind first
 * @param slices the least accurate of a column first, those without enough images last
 */
public record Evaluation(
    Summary summary,
    List<ClassMetrics> perClass,
    List<ConfusionCell> confusion,
    List<CalibrationBin> calibration,
    List<CoveragePoint> coverage,
    List<FailureGroup> failures,
    List<Slice> slices,
    List<Finding> findings) {
  private static final int CONFUSED_PAIRS = 25;

  public Evaluation {
    perClass = List.copyOf(perClass);
    confusion = List.copyOf(confusion);
    calibration = List.copyOf(calibration);
    coverage = List.copyOf(coverage);
    failures = List.copyOf(failures);
    slices = List.copyOf(slices);
    findings = List.copyOf(findings);
  }

  /**
   * Measures predictions with Spark. The driver holds a confusion matrix, never images.
   *
   * @param predictions columns of {@link io.shufflenet.spark.results.PredictionSchema}; read
   *     several times. What has no column there is not measured
   * @param classNames name of each class by index
   * @throws IllegalArgumentException if a label or a prediction is not one of the classes, or a row
   *     has neither a prediction nor an error
   */
  public static Evaluation of(Dataset<Row> predictions, List<String> classNames) {
    return of(predictions, classNames, Slicing.NONE);
  }

  /**
   * As {@link #of(Dataset, List)}, and the same for each slice. The driver also holds the classes
   * of one slice at a time.
   *
   * @param predictions as {@link Slicing#mark} left them
   */
  public static Evaluation of(Dataset<Row> predictions, List<String> classNames, Slicing slicing) {
    return of(
        new CountsQuery(predictions, classNames.size()).run(),
        classNames,
        slicing.by().isEmpty()
            ? List.of()
            : new SliceQuery(predictions, slicing, classNames).run());
  }

  static Evaluation of(Counts counts, List<String> classNames) {
    return of(counts, classNames, List.of());
  }

  private static Evaluation of(Counts counts, List<String> classNames, List<Slice> slices) {
    boolean byClass = counts.facts().contains(Fact.LABEL_CLASS);
    List<ClassMetrics> perClass =
        byClass ? ClassTotals.of(counts, classNames).metrics() : List.of();
    Calibration calibration = new Calibration(counts.bins(), counts.facts());
    return new Evaluation(
        Summary.of(counts.classes(), counts.facts(), counts.outcomes(), calibration, perClass),
        perClass,
        counts.cells().stream().map(cell -> named(cell, classNames)).toList(),
        calibration.bins(),
        counts.facts().contains(Fact.CONFIDENCE) ? new Coverage(counts.bins()).points() : List.of(),
        counts.failures(),
        slices,
        Stream.of(PermutedClasses.find(counts, classNames), ConstantPrediction.find(perClass))
            .flatMap(Optional::stream)
            .toList());
  }

  /**
   * The same, where a prediction could be only so many of the classes: the others do not count as
   * classes that lack a precision or a recall, and with five or fewer there is no top-5.
   */
  public Evaluation among(int scoredClasses) {
    if (scoredClasses >= summary.classes()) {
      return this;
    }
    return new Evaluation(
        summary.among(scoredClasses),
        perClass.stream().map(one -> one.among(scoredClasses)).toList(),
        confusion,
        calibration,
        coverage,
        failures,
        slices.stream().map(slice -> slice.among(scoredClasses)).toList(),
        findings);
  }

  /**
   * The most frequent mistakes, at most 25 of them.
   *
   * <p>Of equally frequent ones the first in the confusion matrix come first.
   */
  public List<ConfusedPair> confusedPairs() {
    return confusion.stream()
        .filter(cell -> cell.labelIndex() != cell.predictedIndex())
        .sorted(Comparator.comparingLong(ConfusionCell::count).reversed())
        .limit(CONFUSED_PAIRS)
        .map(
            cell ->
                new ConfusedPair(
                    cell, (double) cell.count() / perClass.get(cell.labelIndex()).support()))
        .toList();
  }

  private static ConfusionCell named(Cell cell, List<String> names) {
    return new ConfusionCell(
        cell.label(),
        names.get(cell.label()),
        cell.predicted(),
        names.get(cell.predicted()),
        cell.images());
  }
}
