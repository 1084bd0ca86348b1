package io.shufflenet.spark.djl;

import ai.djl.spark.task.vision.ImageClassifier;
import io.shufflenet.spark.ml.ShuffleNetClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Both classifiers on the same images.
 *
 * @param what both were given
 * @param refused images that ours gave an error instead of a prediction, and which
 */
record Comparison(String what, List<Pair> pairs, List<String> refused) {
  static final String HEADING =
      "%-30s %6s  %15s  %31s"
          .formatted("", "images", "same best class", "largest difference of a class:");
  static final String COLUMNS =
      "%-30s %6s  %15s  %9s  %9s  %9s".formatted("both are given", "", "", "median", "90 %", "all");

  /**
   * Runs both, one after the other over one table.
   *
   * @param model an exported folder
   * @param images as {@link RawImages}, all in three channels
   * @param column the images as ours takes them
   */
  static Comparison of(String what, Path model, Dataset<Row> images, String column) {
    ImageClassifier djl = new ImageClassifier();
    djl.setEngine("PyTorch");
    djl.setModelUrl(model.toUri().toString());
    djl.setInputCols(RawImages.columns());
    djl.setOutputCol("djl");
    ShuffleNetClassifier ours =
        new ShuffleNetClassifier()
            .setModel(RawImages.file(model.resolve("model.pt").toUri()))
            .setInputCol(column)
            .setOutputCol("ours")
            .setTopK(Integer.MAX_VALUE);
    List<Pair> pairs = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Row row :
        ours.transform(djl.transform(images))
            .select(
                RawImages.PATH,
                "djl.class_names",
                "djl.probabilities",
                "ours.top_k",
                "ours.error.message")
            .collectAsList()) {
      if (row.isNullAt(4)) {
        pairs.add(Pair.of(row.getString(0), row.getList(1), row.getList(2), row.getList(3)));
      } else {
        refused.add(row.getString(0) + ": " + row.getString(4));
      }
    }
    pairs.sort(Comparator.comparing(Pair::path));
    return new Comparison(what, pairs, refused.stream().sorted().toList());
  }

  List<Pair> where(Predicate<Pair> predicate) {
    return pairs.stream().filter(predicate).toList();
  }

  /** A row of a table under {@link #HEADING} and {@link #COLUMNS}. */
  @Override
  public String toString() {
    double[] differences = pairs.stream().mapToDouble(Pair::difference).sorted().toArray();
    int last = differences.length - 1;
    return String.format(
        Locale.ROOT,
        "%-30s %6d  %15d  %9.2g  %9.2g  %9.2g",
        what,
        pairs.size(),
        where(Pair::agrees).size(),
        differences[last / 2],
        differences[last * 9 / 10],
        differences[last]);
  }
}
