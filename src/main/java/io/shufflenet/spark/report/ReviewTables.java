package io.shufflenet.spark.report;

import com.google.gson.stream.JsonWriter;
import io.shufflenet.spark.evaluation.NotableImage;
import io.shufflenet.spark.evaluation.ReviewQueue;
import io.shufflenet.spark.results.Provenance;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A review queue that was written as Parquet tables {@code review/label_errors} and {@code
 * review/least_margin}, and its page.
 *
 * @param labelErrors the first of them, for the page; empty where the predictions do not tell
 * @param leastMargin the first of them, for the page; empty where the predictions do not tell
 */
record ReviewTables(
    Optional<List<NotableImage>> labelErrors, Optional<List<NotableImage>> leastMargin) {
  private static final String LABEL_ERRORS = "label_errors";
  private static final String LEAST_MARGIN = "least_margin";
  private static final int SHOWN = 100;

  /** Has Spark make the tables, as far as there are any. */
  static ReviewTables write(SparkSession spark, ReviewQueue queue, String folder) {
    return new ReviewTables(
        write(spark, queue.labelErrors(), folder + "/review/" + LABEL_ERRORS),
        write(spark, queue.leastMargin(), folder + "/review/" + LEAST_MARGIN));
  }

  private static Optional<List<NotableImage>> write(
      SparkSession spark, Optional<Dataset<Row>> table, String path) {
    return table.map(
        rows -> {
          rows.write().parquet(path);
          return ReviewQueue.first(spark.read().schema(rows.schema()).parquet(path), SHOWN);
        });
  }

  Stream<NotableImage> images() {
    return Stream.of(labelErrors, leastMargin).flatMap(Optional::stream).flatMap(List::stream);
  }

  /**
   * Writes the page.
   *
   * @param thumbnails base 64, of those that have one
   */
  void writePage(Provenance provenance, Map<NotableImage, String> thumbnails, Writer out)
      throws IOException {
    Page.write(
        "review.js",
        data -> {
          data.beginObject();
          data.name("provenance");
          ReportJson.JSON.toJson(provenance, Provenance.class, data);
          images(LABEL_ERRORS, labelErrors, thumbnails, data);
          images(LEAST_MARGIN, leastMargin, thumbnails, data);
          data.endObject();
        },
        out);
  }

  private static void images(
      String name,
      Optional<List<NotableImage>> images,
      Map<NotableImage, String> thumbnails,
      JsonWriter data)
      throws IOException {
    if (images.isPresent()) {
      new TableJson(data).array(ImageTables.of(name, images.get(), thumbnails));
    } else {
      data.name(name).nullValue();
    }
  }
}
