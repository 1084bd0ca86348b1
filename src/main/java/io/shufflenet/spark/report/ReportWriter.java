package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.results.Provenance;
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
 * {@code failures} and {@code confusion}, one file each, as {@code report.json}, which holds the
 * same facts and their provenance, and as {@code report.html}, which shows them.
 */
public final class ReportWriter {
  /**
   * Some hundred kilobytes: a task carries its rows in one message, and Spark warns of large ones.
   */
  private static final int ROWS_PER_TASK = 5_000;

  private ReportWriter() {}

  /**
   * Writes into {@code folder}, on any Hadoop file system.
   *
   * @throws IOException if the file system fails, or a report stands there already
   */
  public static void write(
      SparkSession spark, Evaluation evaluation, Provenance provenance, String folder)
      throws IOException {
    Table summary = SummaryTable.of(evaluation.summary(), evaluation.findings());
    List<Table> details = DetailTables.of(evaluation);
    writeParquet(spark, summary, folder);
    for (Table table : details) {
      writeParquet(spark, table, folder);
    }
    FileSystem fileSystem =
        new Path(folder).getFileSystem(spark.sparkContext().hadoopConfiguration());
    Path json = new Path(folder, "report.json");
    List<Table> told = new ArrayList<>(details);
    told.add(DetailTables.confusedPairs(evaluation));
    try (Writer out = create(fileSystem, json)) {
      ReportJson.write(provenance, summary, told, out);
    }
    try (Reader in =
            new BufferedReader(
                new InputStreamReader(fileSystem.open(json), StandardCharsets.UTF_8));
        Writer out = create(fileSystem, new Path(folder, "report.html"))) {
      ReportPage.write(in, out);
    }
  }

  private static Writer create(FileSystem fileSystem, Path path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(fileSystem.create(path, false), StandardCharsets.UTF_8));
  }

  private static void writeParquet(SparkSession spark, Table table, String folder) {
    int tasks = table.rows().size() / ROWS_PER_TASK + 1;
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(table.rows(), tasks);
    Dataset<Row> data = spark.createDataFrame(rows, table.schema());
    (tasks == 1 ? data : gathered(data, table))
        .write()
        .parquet(new Path(folder, table.name()).toString());
  }

  private static Dataset<Row> gathered(Dataset<Row> data, Table table) {
    Column[] keys = table.keys().stream().map(functions::col).toArray(Column[]::new);
    return data.repartition(1).sortWithinPartitions(keys);
  }
}
