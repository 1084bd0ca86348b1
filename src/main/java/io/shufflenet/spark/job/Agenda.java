package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.results.EarlierErrors;
import io.shufflenet.spark.results.EarlierPredictions;
import io.shufflenet.spark.results.OutputMode;
import io.shufflenet.spark.results.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What a run has to do.
 *
 * @param images those to predict, with the columns of {@link ImageRows}
 * @param missing how many they are
 * @param kept predictions of earlier runs that still hold; empty where there were none
 * @param total how many images the input has
 */
record Agenda(Dataset<Row> images, long missing, Optional<Dataset<Row>> kept, long total) {
  /**
   * Lists the input. The list is written down first, so that later steps see one listing, whatever
   * changes meanwhile; but for a table that holds the bytes, whose images are all to be predicted.
   *
   * @throws IllegalArgumentException if a run that may keep rows cannot tell the images apart
   * @throws IOException if there are no images, or the file system fails
   */
  static Agenda of(
      SparkSession spark, ImageInput input, Labels labels, RunFolder folder, EarlierErrors errors)
      throws IOException {
    Dataset<Row> rows = labels.index(input.rows());
    Optional<EarlierPredictions> earlier = EarlierPredictions.of(spark, folder);
    Dataset<Row> listing =
        input.holdsContent() && earlier.isEmpty()
            ? rows
            : written(rows.drop(ImageRows.CONTENT), folder.working("manifest"));
    if (folder.mode() == OutputMode.RESUME) {
      requireNames(listing);
    }
    long total = listing.count();
    if (total == 0) {
      throw new IOException("Cannot predict: the images are gone since they were first looked for");
    }
    if (earlier.isEmpty()) {
      return new Agenda(listing, total, Optional.empty(), total);
    }
    Dataset<Row> kept = earlier.get().of(listing, errors);
    Dataset<Row> missing = written(named(listing, kept, "left_anti"), folder.working("missing"));
    Dataset<Row> images = input.holdsContent() ? named(rows, missing, "left_semi") : missing;
    return new Agenda(images, missing.count(), Optional.of(kept), total);
  }

  private static Dataset<Row> written(Dataset<Row> rows, Path path) {
    rows.write().parquet(path.toString());
    return rows.sparkSession().read().parquet(path.toString());
  }

  /** The rows that are, or are not, called as one of {@code others}. */
  private static Dataset<Row> named(Dataset<Row> rows, Dataset<Row> others, String join) {
    Dataset<Row> names = others.select(functions.col(ImageRows.RELATIVE_PATH).as("name"));
    return rows.join(names, rows.col(ImageRows.RELATIVE_PATH).equalTo(names.col("name")), join);
  }

  private static void requireNames(Dataset<Row> listing) {
    List<Row> shared =
        listing
            .groupBy(ImageRows.RELATIVE_PATH)
            .agg(functions.count(functions.lit(1)).as("rows of the name"))
            .filter(
                functions
                    .col("rows of the name")
                    .gt(1)
                    .or(functions.col(ImageRows.RELATIVE_PATH).isNull()))
            .takeAsList(1);
    if (!shared.isEmpty()) {
      throw new IllegalArgumentException(
          ("Cannot use --mode resume: %,d images have %s. Name a column that tells them apart"
                  + " with input.columns.relative-path")
              .formatted(shared.get(0).getLong(1), name(shared.get(0))));
    }
  }

  private static String name(Row row) {
    return row.isNullAt(0) ? "no relative path" : "the relative path " + row.getString(0);
  }
}
