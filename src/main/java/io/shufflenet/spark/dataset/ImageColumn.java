package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The column of a table that holds encoded images, or names their files. */
public final class ImageColumn {
  private final Optional<ColumnReference> content;
  private final Optional<ColumnReference> path;

  private ImageColumn(Optional<ColumnReference> content, Optional<ColumnReference> path) {
    this.content = content;
    this.path = path;
  }

  /**
   * The column that a user names: binary for the bytes of images, string for Hadoop paths, or
   * Hugging Face's {@code struct<bytes: binary, path: string>} for whichever is not null.
   *
   * @throws IllegalArgumentException if there is none, or it is of another type
   */
  public static ImageColumn named(SparkSession spark, StructType table, String name) {
    TableSchema schema = TableSchema.of(spark, table);
    ColumnReference column =
        schema
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find the images' column %s: the table has %s"
                            .formatted(name, schema.names())));
    TableColumns.refuseRawPixels(column);
    if (column.isString()) {
      return new ImageColumn(Optional.empty(), Optional.of(column));
    }
    ColumnReference bytes =
        TableColumns.bytesOf(column, schema).orElseThrow(() -> wrongType(column));
    return new ImageColumn(Optional.of(bytes), TableColumns.pathBeside(bytes, schema));
  }

  /**
   * The column that is called as {@link InputColumns} lists for content, else for paths.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static ImageColumn usual(SparkSession spark, StructType table) {
    TableColumns columns = TableColumns.of(TableSchema.of(spark, table), InputColumns.USUAL);
    return new ImageColumn(columns.content(), columns.path());
  }

  private static IllegalArgumentException wrongType(ColumnReference column) {
    return new IllegalArgumentException(
        "Cannot classify column %s: its type is %s and must be binary (encoded images), string (paths) or struct<bytes: binary, path: string>"
            .formatted(column.fullName(), column.type().simpleString()));
  }

  /** The bytes of the encoded image; null where they must be read from {@link #path}. */
  public Column content() {
    return content
        .map(ColumnReference::column)
        .orElseGet(() -> lit(null).cast(DataTypes.BinaryType));
  }

  /** Where the image's file lies; null where no file is named. */
  public Column path() {
    return path.map(ColumnReference::column).orElseGet(() -> lit(null).cast(DataTypes.StringType));
  }
}
