package io.shufflenet.spark.evaluation.comparison;

/**
 * An image that two runs took for different classes.
 *
 * @param label null where the runs have no label in common
 * @param probabilityA the first run's, of its prediction, from 0 to 1
 * @param probabilityB the second run's, of its prediction, from 0 to 1
 * @param change {@code gained} where only the second run is right, {@code lost} where only the
 *     first is, else {@code other}
 */
public record ChangedImage(
    String relativePath,
    String label,
    String predictedA,
    double probabilityA,
    String predictedB,
    double probabilityB,
    String change) {
  public static final String GAINED = "gained";
  public static final String LOST = "lost";
  public static final String OTHER = "other";
}
