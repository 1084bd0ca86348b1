package io.shufflenet.spark.results;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table in one of Spark's catalogs that takes a run's predictions too: the columns of {@link
 * PredictionSchema}, and {@link #RUN_ID}. A write is one commit of the table's: where its format
 * has those, readers see the rows before it or the rows after it.
 *
 * @param name for example {@code catalog.database.table}
 */
public record CatalogTable(String name, TableMode mode) {
  private static final String UNPLANNED = "Error occurred during query planning: ";

  /** Types that Iceberg, for one, has not: its tables hold them as {@code int}. */
  private static final Set<String> WIDENED = Set.of("tinyint", "smallint");

  /** Column of the id of the run that wrote the row. */
  public static final String RUN_ID = "run_id";

  /**
   * Checks, before the first image is read, that the table can take what the run will predict.
   *
   * @param predictions the predictions' schema
   * @throws IllegalArgumentException if it has other columns, or its catalog cannot be asked
   */
  public void requireFits(SparkSession spark, StructType predictions) {
    if (typesByName(predictions).containsKey(RUN_ID)) {
      throw refusal("input.keep names a column %s, and the table has one".formatted(RUN_ID));
    }
    Map<String, String> ours = typesByName(predictions.add(RUN_ID, DataTypes.StringType));
    Map<String, String> standing = new TreeMap<>(ours);
    try {
      if (spark.catalog().tableExists(name)) {
        standing = typesByName(spark.table(name).schema());
        requireMerge(spark);
      }
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) { // Spark does not declare what it throws
      throw new IllegalArgumentException("Cannot use %s: %s".formatted(this, reason(e)), e);
    }
    requireSame(ours, standing);
  }

  /**
   * Spark tells in words, and not by an exception, why it has no plan for an explained statement.
   */
  private void requireMerge(SparkSession spark) {
    if (mode != TableMode.UPSERT) {
      return;
    }
    List<String> plan =
        spark
            .sql("EXPLAIN " + merge("(SELECT * FROM %s LIMIT 0)".formatted(name)))
            .as(Encoders.STRING())
            .collectAsList();
    if (plan.get(0).equals(UNPLANNED)) {
      throw new IllegalArgumentException(
          "Cannot use output.table-mode = upsert with %s: %s. Take append or overwrite"
              .formatted(this, plan.get(1)));
    }
  }

  /** Type by column; upper and lower case are the same, and columns may be in any order. */
  private static Map<String, String> typesByName(StructType schema) {
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(schema.fields())
        .forEach((StructField field) -> types.put(field.name(), field.dataType().catalogString()));
    return types;
  }

  private void requireSame(Map<String, String> ours, Map<String, String> standing) {
    ours.forEach(
        (column, type) -> {
          String found = standing.getOrDefault(column, "absent");
          boolean widened = WIDENED.contains(type) && found.equals("int");
          if (!type.equals(found) && !widened) {
            throw refusal(
                "its column %s is %s, and predictions have %s".formatted(column, found, type));
          }
        });
    for (String column : standing.keySet()) {
      if (!ours.containsKey(column)) {
        throw refusal("it has a column %s, and predictions have none".formatted(column));
      }
    }
  }

  private IllegalArgumentException refusal(String reason) {
    return new IllegalArgumentException("Cannot write to %s: %s".formatted(this, reason));
  }

  /**
   * Writes in one commit, and creates the table if there is none.
   *
   * @param predictions of a whole run; to update and insert, each relative path once
   * @throws IOException if it fails: the rows that stood there stand there still, where the table's
   *     format has commits
   */
  public void write(Dataset<Row> predictions, String runId) throws IOException {
    Dataset<Row> rows = predictions.withColumn(RUN_ID, functions.lit(runId));
    try {
      commit(rows);
    } catch (Exception e) { // Spark does not declare what it throws
      throw new IOException("Cannot write to %s: %s".formatted(this, reason(e)), e);
    }
  }

  private void commit(Dataset<Row> rows) throws Exception {
    if (!rows.sparkSession().catalog().tableExists(name)) {
      rows.writeTo(name).create();
      return;
    }
    switch (mode) {
      case APPEND -> rows.writeTo(name).append();
      case OVERWRITE -> rows.writeTo(name).overwrite(functions.lit(true));
      case UPSERT -> merge(rows);
    }
  }

  private void merge(Dataset<Row> rows) throws Exception {
    SparkSession spark = rows.sparkSession();
    String view = "predictions_of_a_run";
    rows.createOrReplaceTempView(view);
    try {
      Dataset<Row> unused = spark.sql(merge(view));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  private String merge(String rows) {
    return """
        MERGE INTO %1$s AS old USING %2$s AS new ON old.%3$s = new.%3$s
        WHEN MATCHED THEN UPDATE SET *
        WHEN NOT MATCHED THEN INSERT *
        """
        .formatted(name, rows, PredictionSchema.RELATIVE_PATH);
  }

  private static String reason(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** As the settings name it. */
  @Override
  public String toString() {
    return "output.table = " + name;
  }
}
