package io.shufflenet.spark.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds class names that stand in another order than the model's classes. A good model then looks
 * as bad as chance, yet renaming the classes one to one would mend it.
 *
 * <p>Looked at are the rows of the confusion matrix that hold at least 5 images, if there are two
 * such rows and they hold 50 images together. Each row's largest cell says what its class is taken
 * for. The names are probably permuted where at least half of the images lie in their row's largest
 * cell, those cells name at least four different classes for every five rows, and taking them for
 * the truth would more than double the accuracy.
 */
final class PermutedClasses {
  private static final long LEAST_IMAGES_OF_A_CLASS = 5;
  private static final long LEAST_IMAGES = 50;
  private static final int LEAST_CLASSES = 2;
  private static final double MAPPED_SHARE = 0.5;
  private static final double DIFFERENT_SHARE = 0.8;
  private static final int EXAMPLES = 3;

  private final List<MatrixRow> rows;
  private final List<String> names;

  private PermutedClasses(List<MatrixRow> rows, List<String> names) {
    this.rows = rows;
    this.names = names;
  }

  /**
   * The images of one label: how many there are, how many are right, and where most of them went.
   */
  private record MatrixRow(long images, long correct, Cell largest) {
    static MatrixRow of(Cell cell) {
      return new MatrixRow(cell.images(), cell.isCorrect() ? cell.images() : 0, cell);
    }

    MatrixRow plus(Cell cell) {
      return new MatrixRow(
          images + cell.images(),
          correct + (cell.isCorrect() ? cell.images() : 0),
          cell.images() > largest.images() ? cell : largest);
    }
  }

  static Optional<Finding> find(Counts counts, List<String> names) {
    List<MatrixRow> rows =
        rows(counts.cells()).stream()
            .filter(row -> row.images() >= LEAST_IMAGES_OF_A_CLASS)
            .toList();
    PermutedClasses permuted = new PermutedClasses(rows, names);
    return permuted.isFound()
        ? Optional.of(new Finding(Finding.Kind.PERMUTED_CLASSES, permuted.message()))
        : Optional.empty();
  }

  private static List<MatrixRow> rows(List<Cell> cells) {
    List<MatrixRow> rows = new ArrayList<>();
    for (Cell cell : cells) {
      int last = rows.size() - 1;
      if (last >= 0 && rows.get(last).largest().label() == cell.label()) {
        rows.set(last, rows.get(last).plus(cell));
      } else {
        rows.add(MatrixRow.of(cell));
      }
    }
    return rows;
  }

  private boolean isFound() {
    return rows.size() >= LEAST_CLASSES
        && images() >= LEAST_IMAGES
        && mapped() >= MAPPED_SHARE * images()
        && targets() >= DIFFERENT_SHARE * rows.size()
        && 2 * correct() < mapped();
  }

  private long images() {
    return rows.stream().mapToLong(MatrixRow::images).sum();
  }

  private long correct() {
    return rows.stream().mapToLong(MatrixRow::correct).sum();
  }

  private long mapped() {
    return rows.stream().mapToLong(row -> row.largest().images()).sum();
  }

  private long targets() {
    return rows.stream().mapToInt(row -> row.largest().predicted()).distinct().count();
  }

  private String message() {
    return String.format(
        Locale.ROOT,
        "%.1f %% of the images are right, but up to %.1f %% would be if the classes were renamed:"
            + " the order of the class names probably differs from the model's. Predicted are %s.",
        100.0 * correct() / images(),
        100.0 * mapped() / images(),
        examples());
  }

  private String examples() {
    return rows.stream()
        .filter(row -> !row.largest().isCorrect())
        .sorted(
            Comparator.comparingLong((MatrixRow row) -> row.largest().images())
                .reversed()
                .thenComparingInt(row -> row.largest().label()))
        .limit(EXAMPLES)
        .map(this::example)
        .collect(Collectors.joining(", "));
  }

  private String example(MatrixRow row) {
    return String.format(
        Locale.ROOT,
        "'%s' as '%s' (%,d of %,d)",
        names.get(row.largest().label()),
        names.get(row.largest().predicted()),
        row.largest().images(),
        row.images());
  }
}
