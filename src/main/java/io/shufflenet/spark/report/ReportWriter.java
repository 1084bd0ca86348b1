package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.NotableImage;
import io.shufflenet.spark.evaluation.NotableImages;
import io.shufflenet.spark.results.OutputFiles;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Writes an evaluation as Parquet tables {@code summary}, {@code per_class}, {@code calibration},
 * {@code coverage}, {@code slices}, {@code failures}, {@code confusion} and, where one was fitted,
 * {@code temperature}, one file each, as {@code report.json}, which holds the same facts and their
 * provenance, and as {@code report.html}, which shows them; with a review queue also its tables
 * under {@code review} and {@code review.html}.
 */
public final class ReportWriter {
  private static final String JSON = "report.json";
  private static final String REVIEW = "review.html";

  /**
   * Some hundred kilobytes: a task carries its rows in one message, and Spark warns of large ones.
   */
  private static final int ROWS_PER_TASK = 5_000;

  private final FileSystem fileSystem;
  private final String folder;

  private ReportWriter(SparkSession spark, String folder) throws IOException {
    this.fileSystem =
        OutputFiles.fileSystem(new Path(folder), spark.sparkContext().hadoopConfiguration());
    this.folder = folder;
  }

  /**
   * Writes into {@code folder}, on any Hadoop file system.
   *
   * @throws IOException if the file system fails, or a report stands there already
   */
  public static void write(
      SparkSession spark, Report report, ThumbnailSource pictures, String folder)
      throws IOException {
    ReportWriter writer = new ReportWriter(spark, folder);
    Table summary = SummaryTable.of(report.evaluation().summary(), report.evaluation().findings());
    List<Table> details = new ArrayList<>(DetailTables.of(report.evaluation()));
    report.fit().map(DetailTables::of).ifPresent(details::add);
    parquet(spark, summary, folder);
    for (Table table : details) {
      parquet(spark, table, folder);
    }
    Optional<ReviewTables> review =
        report.review().map(queue -> ReviewTables.write(spark, queue, folder));
    Map<NotableImage, String> thumbnails = pictures.of(shown(report.notable(), review));
    List<Table> told = new ArrayList<>(details);
    told.add(DetailTables.confusedPairs(report.evaluation()));
    told.add(DetailTables.gates(report.gates()));
    told.add(ImageTables.of("mistakes", report.notable().mistakes(), thumbnails));
    told.add(ImageTables.of("hits", report.notable().hits(), thumbnails));
    writer.jsonAndPage(report, summary, told);
    if (review.isPresent()) {
      try (Writer out = create(writer.fileSystem, new Path(folder, REVIEW))) {
        review.get().writePage(report.provenance(), thumbnails, out);
      }
    }
  }

  private static List<NotableImage> shown(NotableImages notable, Optional<ReviewTables> review) {
    return Stream.of(
            notable.mistakes().stream(),
            notable.hits().stream(),
            review.stream().flatMap(ReviewTables::images))
        .flatMap(images -> images)
        .toList();
  }

  private void jsonAndPage(Report report, Table summary, List<Table> details) throws IOException {
    try (Writer out = create(fileSystem, new Path(folder, JSON))) {
      ReportJson.write(
          report.provenance(),
          report.selection(),
          report.baseline().orElse(null),
          report.timing().orElse(null),
          report.review().isPresent() ? REVIEW : null,
          summary,
          details,
          out);
    }
    try (Reader in =
            new BufferedReader(
                new InputStreamReader(
                    fileSystem.open(new Path(folder, JSON)), StandardCharsets.UTF_8));
        Writer out = create(fileSystem, new Path(folder, "report.html"))) {
      ReportPage.write(in, out);
    }
  }

  static Writer create(FileSystem fileSystem, Path path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(fileSystem.create(path, false), StandardCharsets.UTF_8));
  }

  static void parquet(SparkSession spark, Table table, String folder) {
    int tasks = table.rows().size() / ROWS_PER_TASK + 1;
    Dataset<Row> data =
        tasks == 1
            ? spark.createDataFrame(table.rows(), table.schema()).coalesce(1)
            : gathered(spark, table, tasks);
    data.write().parquet(new Path(folder, table.name()).toString());
  }

  private static Dataset<Row> gathered(SparkSession spark, Table table, int tasks) {
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(table.rows(), tasks);
    Column[] keys = table.keys().stream().map(functions::col).toArray(Column[]::new);
    return spark.createDataFrame(rows, table.schema()).repartition(1).sortWithinPartitions(keys);
  }
}
