package io.shufflenet.spark.dataset;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table, as a part of the settings names it.
 *
 * @param section of the settings, for messages: {@code input} has {@code input.path}
 * @param path a folder or file on any Hadoop file system, without glob patterns, or with format
 *     {@code table} the name of a table in Spark's catalog
 * @param format {@code auto}, {@code table}, or any format that Spark reads
 */
public record TableSettings(String section, String path, String format) {

  /**
   * @throws IllegalArgumentException if path or format is blank; the message names its key
   */
  public TableSettings {
    require(path, section + ".path", "it is empty; name a folder or a table");
    require(format, section + ".format", "it is empty; say auto");
  }

  private static void require(String value, String key, String otherwise) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("Cannot use %s = %s: %s".formatted(key, value, otherwise));
    }
  }

  /**
   * Opens the table.
   *
   * @throws IllegalArgumentException if there is none, or none of that format
   * @throws IOException if Spark cannot read it
   */
  public Dataset<Row> read(SparkSession spark) throws IOException {
    String found =
        format.equalsIgnoreCase(InputSettings.AUTO)
            ? InputFormat.detect(
                InputLocation.of(path, pathKey(), spark.sparkContext().hadoopConfiguration()),
                section)
            : format;
    if (found.equals(InputSettings.FOLDER) || found.equals(InputSettings.WEBDATASET)) {
      throw new IllegalArgumentException(
          "Cannot read %s: it holds no files of a table (%s.format)"
              .formatted(namedPath(), section));
    }
    return new TableReader(spark, this, found).read();
  }

  /** Whether {@code path} is a name in Spark's catalog. */
  public boolean isCatalogTable() {
    return format.equalsIgnoreCase(InputSettings.TABLE);
  }

  /** Whether the format is for Spark or the path's names to tell. */
  public boolean isOfAnyFormat() {
    return format.equalsIgnoreCase(InputSettings.AUTO);
  }

  String pathKey() {
    return section + ".path";
  }

  /** {@code input.path = VALUE}, for messages. */
  String namedPath() {
    return pathKey() + " = " + path;
  }
}
