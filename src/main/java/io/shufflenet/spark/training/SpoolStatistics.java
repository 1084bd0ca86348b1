package io.shufflenet.spark.training;

import java.util.List;

/**
 * What became of the rows of an input.
 *
 * @param spooled images that are in the spool
 * @param unlabelled rows without the index of a class, which were not read
 * @param failures the images that gave no pixels, by kind in alphabetical order
 */
public record SpoolStatistics(int spooled, long unlabelled, List<Failures> failures) {
  public SpoolStatistics {
    failures = List.copyOf(failures);
  }

  /** Images that gave no pixels, of all kinds. */
  public long failed() {
    return failures.stream().mapToLong(Failures::images).sum();
  }

  /**
   * Images that gave no pixels for the same reason.
   *
   * @param kind as in {@code not-found} and {@code not-an-image}
   * @param examples {@code path: message} of at most five images, the first by path
   */
  public record Failures(String kind, long images, List<String> examples) {
    public Failures {
      examples = List.copyOf(examples);
    }
  }
}
