package io.shufflenet.spark.evaluation;

/**
 * How accurate the predictions are for the images with one value of a column.
 *
 * @param value as text; null where the column has none
 * @param supported whether there are images enough to say something of
 */
public record Slice(String column, String value, boolean supported, Summary summary) {
  Slice among(int scoredClasses) {
    return new Slice(column, value, supported, summary.among(scoredClasses));
  }
}
