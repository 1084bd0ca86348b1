package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens a table in one of Spark's formats. */
record TableReader(SparkSession spark, TableSettings table, String format) {
  /** Formats whose path is a file or a folder; others may take names of their own. */
  private static final Set<String> OF_FILES =
      Set.of("parquet", "csv", "json", "orc", "avro", "delta", "hudi");

  /**
   * @throws IllegalArgumentException if there is no such table or format
   * @throws IOException if Spark cannot read it
   */
  Dataset<Row> read() throws IOException {
    if (table.isCatalogTable()) {
      return reading(() -> spark.table(table.path()));
    }
    if (!isOfFiles()) {
      return reading(() -> spark.read().format(format).load(table.path()));
    }
    InputLocation location = location();
    requireFile(location);
    return reading(() -> reader().load(location.path().toString()));
  }

  private InputLocation location() throws IOException {
    return InputLocation.of(
        table.path(), table.pathKey(), spark.sparkContext().hadoopConfiguration());
  }

  /**
   * What the relative paths of the table stand under.
   *
   * @param named {@code input.root}, or empty
   */
  Path root(String named) throws IOException {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    if (!named.isEmpty()) {
      return InputLocation.of(named, InputSettings.ROOT_KEY, configuration).path();
    }
    if (!isOfFiles()) {
      return FileSystem.get(configuration).getWorkingDirectory();
    }
    InputLocation location = location();
    boolean isManifest = !location.isFolder() || InputFormat.isNamedAsTable(location.path());
    return isManifest && !location.path().isRoot() ? location.path().getParent() : location.path();
  }

  private boolean isOfFiles() {
    return OF_FILES.contains(format.toLowerCase(Locale.ROOT));
  }

  private DataFrameReader reader() {
    DataFrameReader reader = spark.read().format(format).option("__globPaths__", "false");
    return format.equalsIgnoreCase("csv")
        ? reader
            .option("header", "true")
            .option("multiLine", "true")
            .option("escape", "\"")
            .option("mode", "FAILFAST")
        : reader;
  }

  /** Spark would fail on an empty folder by saying that it cannot infer a schema. */
  private void requireFile(InputLocation location) throws IOException {
    try {
      if (location.isFolder() && !location.walk().hasNext()) {
        throw new IllegalArgumentException(
            "Cannot read %s: there is no file in it".formatted(table.namedPath()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * What the action gives. Spark's methods throw checked exceptions that they do not declare.
   *
   * @throws IllegalArgumentException if Spark finds that the table or its format does not exist
   * @throws IOException if Spark cannot read the table
   */
  <T> T reading(Callable<T> action) throws IOException {
    try {
      return action.call();
    } catch (AnalysisException | ClassNotFoundException e) {
      throw new IllegalArgumentException(message(e), e);
    } catch (RuntimeException | IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(message(rootCause(e)), e);
    }
  }

  private String message(Throwable cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return "Cannot read %s as %s: %s".formatted(table.namedPath(), format, reason);
  }

  /** Above it, Spark tells of stages and tasks. */
  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
