package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.results.EarlierErrors;
import io.shufflenet.spark.results.EarlierPredictions;
import io.shufflenet.spark.results.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What a run has to do.
 *
 * @param images those to predict, with the columns of {@link ImageRows}
 * @param missing how many they are
 * @param bytes of those; where the listing does not tell, as many as a usual image has
 * @param kept predictions of earlier runs that still hold; empty where there were none
 * @param total how many images the input has
 */
record Agenda(
    Dataset<Row> images, long missing, long bytes, Optional<Dataset<Row>> kept, long total) {
  /** A JPEG of 500 x 375. */
  private static final long USUAL_BYTES = 100 << 10;

  private record Extent(long images, long bytes) {}

  /**
   * Lists the input. The list is written down first, so that later steps see one listing, whatever
   * changes meanwhile; but for an input that holds the bytes, whose images are all to be predicted.
   *
   * @param needsNames the setting that needs a relative path for each image, and for no two the
   *     same; empty: they need not be told apart
   * @throws IllegalArgumentException if they must be and cannot
   * @throws IOException if there are no images, or the file system fails
   */
  static Agenda of(
      SparkSession spark,
      ImageInput input,
      Labels labels,
      RunFolder folder,
      EarlierErrors errors,
      Optional<String> needsNames)
      throws IOException {
    Optional<EarlierPredictions> earlier = EarlierPredictions.of(spark, folder);
    boolean unwritten = input.holdsContent() && earlier.isEmpty();
    Dataset<Row> listed = labels.index(input.listing());
    Dataset<Row> listing = unwritten ? listed : written(listed, folder.working("manifest"));
    needsNames.ifPresent(setting -> requireNames(listing, setting));
    Extent all = unwritten ? counted(listing) : measured(listing);
    if (all.images() == 0) {
      throw new IOException("Cannot predict: the images are gone since they were first looked for");
    }
    if (earlier.isEmpty()) {
      Dataset<Row> images = unwritten ? labels.index(input.rows()) : listing;
      return new Agenda(images, all.images(), all.bytes(), Optional.empty(), all.images());
    }
    Dataset<Row> kept = earlier.get().of(listing, errors);
    Dataset<Row> missing = written(named(listing, kept, "left_anti"), folder.working("missing"));
    Extent rest = measured(missing);
    Dataset<Row> images =
        input.holdsContent() ? named(labels.index(input.rows()), missing, "left_semi") : missing;
    return new Agenda(images, rest.images(), rest.bytes(), Optional.of(kept), all.images());
  }

  /** Asking a table for its lengths would read all bytes. */
  private static Extent counted(Dataset<Row> listing) {
    long images = listing.count();
    return new Extent(images, images * USUAL_BYTES);
  }

  private static Extent measured(Dataset<Row> listing) {
    Column length = functions.coalesce(functions.col(ImageRows.LENGTH), functions.lit(USUAL_BYTES));
    Row sums =
        listing
            .agg(
                functions.count(functions.lit(1)),
                functions.coalesce(functions.sum(length), functions.lit(0L)))
            .first();
    return new Extent(sums.getLong(0), sums.getLong(1));
  }

  private static Dataset<Row> written(Dataset<Row> rows, Path path) {
    rows.write().parquet(path.toString());
    return rows.sparkSession().read().schema(rows.schema()).parquet(path.toString());
  }

  /** The rows that are, or are not, called as one of {@code others}. */
  private static Dataset<Row> named(Dataset<Row> rows, Dataset<Row> others, String join) {
    Dataset<Row> names = others.select(functions.col(ImageRows.RELATIVE_PATH).as("name"));
    return rows.join(names, rows.col(ImageRows.RELATIVE_PATH).equalTo(names.col("name")), join);
  }

  private static void requireNames(Dataset<Row> listing, String setting) {
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
          ("Cannot use %s: %,d images have %s. Name a column that tells them apart"
                  + " with input.columns.relative-path")
              .formatted(setting, shared.get(0).getLong(1), name(shared.get(0))));
    }
  }

  private static String name(Row row) {
    return row.isNullAt(0) ? "no relative path" : "the relative path " + row.getString(0);
  }
}
