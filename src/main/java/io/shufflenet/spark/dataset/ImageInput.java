package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The images to classify: an image folder, tar files with their bytes, or a table with their bytes
 * or their paths.
 */
public sealed interface ImageInput permits FolderInput, ShardInput, TableInput {

  /**
   * Checks that the input exists and has images. A folder, tar files and a missing table are found
   * wanting before a Spark job runs; Spark may read a table's schema and looks whether it has a
   * row. With a ground truth, a Spark job looks at the names of the folder's files.
   *
   * @param maxBytes of a tar file's longer members no bytes are read
   * @param reservedNames what a kept column may not be called, besides the names of {@link
   *     ImageRows}
   * @throws IllegalArgumentException if the settings do not fit the input; the message names value
   *     and key
   * @throws IOException if the file system refuses or fails
   */
  static ImageInput open(
      SparkSession spark, InputSettings settings, int maxBytes, List<String> reservedNames)
      throws IOException {
    String format =
        settings.hasFormat(InputSettings.AUTO)
            ? InputFormat.detect(InputLocation.of(settings, spark))
            : settings.format();
    if (!format.equalsIgnoreCase(InputSettings.FOLDER)) {
      settings.refuseTruth(format);
    }
    return switch (format.toLowerCase(Locale.ROOT)) {
      case InputSettings.FOLDER -> FolderInput.open(spark, settings);
      case InputSettings.WEBDATASET -> ShardInput.open(spark, settings, maxBytes);
      default -> TableInput.open(spark, settings, format, reservedNames);
    };
  }

  /** One line for a person: what is read, and from which columns. */
  String describe();

  /**
   * One row per image, with the columns of {@link ImageRows} but the label's index. Nothing is read
   * before Spark asks, except with {@code input.limit}: then Spark jobs draw the sample now, and
   * each use reads as little of the input again.
   */
  Dataset<Row> rows();

  /**
   * {@link #rows()} without {@link ImageRows#CONTENT}, found out without reading bytes where that
   * can be.
   */
  default Dataset<Row> listing() {
    return rows().drop(ImageRows.CONTENT);
  }

  /**
   * The columns of {@code input.keep}, in the order asked; a nested one is called by its last name.
   */
  List<StructField> keptFields();

  /** Whether {@link #rows()} ends with {@link ImageRows#CONTENT}. */
  boolean holdsContent();

  /** What the labels of this input are. */
  LabelKind labelKind();

  /**
   * The different labels of the whole input, of a sample too: a folder's names, the classes of a
   * ground truth, or one Spark job over the label column. Without order, without null, at most
   * {@code most}.
   */
  List<String> distinctLabels(int most) throws IOException;

  /** Where an image with this label lies, or what names the label; may run a Spark job. */
  Optional<String> exampleOf(String label) throws IOException;

  /**
   * Images listed so far, for showing progress: repeated work counts again. 0 for a table, which is
   * not listed.
   */
  long listed();
}
