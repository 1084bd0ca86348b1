package io.shufflenet.spark.djl;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * What the two classifiers say of one image: a probability for each class, in the order of {@code
 * classNames}.
 */
record Pair(String path, List<String> classNames, List<Double> djl, List<Double> ours) {
  /**
   * @param topK of all classes
   */
  static Pair of(String path, List<String> classNames, List<Double> djl, List<Row> topK) {
    List<Double> ours =
        topK.stream()
            .sorted(Comparator.comparing(entry -> entry.<Integer>getAs("index")))
            .map(entry -> (double) entry.<Float>getAs("probability"))
            .toList();
    return new Pair(path, classNames, djl, ours);
  }

  boolean agrees() {
    return best(djl) == best(ours);
  }

  private static int best(List<Double> probabilities) {
    return probabilities.indexOf(Collections.max(probabilities));
  }

  /** The largest of all classes' differences of probability. */
  double difference() {
    double largest = 0;
    for (int index = 0; index < classNames.size(); index++) {
      largest = Math.max(largest, Math.abs(djl.get(index) - ours.get(index)));
    }
    return largest;
  }

  @Override
  public String toString() {
    return "%s: DJL %s, ours %s".formatted(path, said(djl), said(ours));
  }

  private String said(List<Double> probabilities) {
    int best = best(probabilities);
    return String.format(Locale.ROOT, "%s %.4f", classNames.get(best), probabilities.get(best));
  }
}
