package io.shufflenet.spark.report;

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
 * @param labelErrors the first of them, for the page
 * @param leastMargin the first of them, for the page
 */
record ReviewTables(List<NotableImage> labelErrors, List<NotableImage> leastMargin) {
  private static final String LABEL_ERRORS = "label_errors";
  private static final String LEAST_MARGIN = "least_margin";
  private static final int SHOWN = 100;

  /** Has Spark make the tables, as far as there are any. */
  static ReviewTables write(SparkSession spark, ReviewQueue queue, String folder) {
    return new ReviewTables(
        write(spark, queue.labelErrors(), folder + "/review/" + LABEL_ERRORS),
        write(spark, queue.leastMargin(), folder + "/review/" + LEAST_MARGIN));
  }

  private static List<NotableImage> write(
      SparkSession spark, Optional<Dataset<Row>> table, String path) {
    if (table.isEmpty()) {
      return List.of();
    }
    table.get().write().parquet(path);
    return ReviewQueue.first(spark.read().parquet(path), SHOWN);
  }

  Stream<NotableImage> images() {
    return Stream.concat(labelErrors.stream(), leastMargin.stream());
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
          TableJson tables = new TableJson(data);
          data.beginObject();
          data.name("provenance");
          ReportJson.JSON.toJson(provenance, Provenance.class, data);
          tables.array(ImageTables.of(LABEL_ERRORS, labelErrors, thumbnails));
          tables.array(ImageTables.of(LEAST_MARGIN, leastMargin, thumbnails));
          data.endObject();
        },
        out);
  }
}
