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
 * @param failures images without a prediction, the most frequent kind first
 */
public record Evaluation(
    Summary summary,
    List<ClassMetrics> perClass,
    List<ConfusionCell> confusion,
    List<CalibrationBin> calibration,
    List<FailureGroup> failures,
    List<Finding> findings) {
  private static final int TOP = 5;
  private static final int CONFUSED_PAIRS = 25;

  public Evaluation {
    perClass = List.copyOf(perClass);
    confusion = List.copyOf(confusion);
    calibration = List.copyOf(calibration);
    failures = List.copyOf(failures);
    findings = List.copyOf(findings);
  }

  /**
   * Measures predictions with Spark. The driver holds a confusion matrix, never images.
   *
   * @param predictions columns of {@link io.shufflenet.spark.results.PredictionSchema}; read
   *     several times
   * @param classNames name of each class by index
   * @throws IllegalArgumentException if a label or a prediction is not one of the classes, or a row
   *     has neither a prediction nor an error
   */
  public static Evaluation of(Dataset<Row> predictions, List<String> classNames) {
    return of(new CountsQuery(predictions, classNames.size()).run(), classNames);
  }

  static Evaluation of(Counts counts, List<String> classNames) {
    List<ClassMetrics> perClass = new PerClass(counts, classNames).metrics();
    Calibration calibration = new Calibration(counts);
    return new Evaluation(
        Summary.of(counts, calibration, perClass),
        perClass,
        counts.cells().stream().map(cell -> named(cell, classNames)).toList(),
        calibration.bins(),
        counts.failures(),
        Stream.of(PermutedClasses.find(counts, classNames), ConstantPrediction.find(perClass))
            .flatMap(Optional::stream)
            .toList());
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

  /** With five classes or fewer, everything is among the best five. */
  static boolean hasTop5(int classes) {
    return classes > TOP;
  }
}
