package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sees that a flat folder's files and the lines of a ground truth belong together. */
record GroundTruthCheck(GroundTruth truth) {
  private static final String NUMBER = "number";
  private static final String FILES = "files";
  private static final String FIRST = "first";
  private static final String LAST = "last";

  /**
   * Runs one Spark job over the names of the files.
   *
   * @throws IllegalArgumentException if a name has no number, or one that is not a line's; if two
   *     have the same; if there are more or fewer files than lines
   */
  void require(Dataset<Row> files) {
    int lines = truth.labels().size();
    Column path = col(ImageRows.RELATIVE_PATH);
    Column wrong = col(NUMBER).isNull().or(not(col(NUMBER).between(1, lines))).or(col(FILES).gt(1));
    Row found =
        files
            .groupBy(GroundTruth.number().as(NUMBER))
            .agg(count(lit(1)).as(FILES), min(path).as(FIRST), max(path).as(LAST))
            .agg(
                sum(FILES),
                min(when(wrong, struct(col(NUMBER), col(FILES), col(FIRST), col(LAST)))))
            .first();
    if (!found.isNullAt(1)) {
      throw cannotUse(reason(found.getStruct(1), lines));
    }
    if (found.isNullAt(0) || found.getLong(0) != lines) {
      long images = found.isNullAt(0) ? 0 : found.getLong(0);
      throw cannotUse(
          "it has %s lines, and the folder %s images (%s takes a sample of a whole set)"
              .formatted(lines, images, InputSettings.LIMIT_KEY));
    }
  }

  private static String reason(Row wrong, int lines) {
    if (wrong.isNullAt(0)) {
      return ("the name of %s does not end with an image's number, as ILSVRC2012_val_00000001.JPEG"
              + " does; where it is no image, name the images' endings in %s")
          .formatted(wrong.getString(2), InputSettings.EXTENSIONS_KEY);
    }
    if (wrong.getLong(0) < 1 || wrong.getLong(0) > lines) {
      return "the number of %s is none of its lines, 1 to %s".formatted(wrong.getString(2), lines);
    }
    return "%s and %s have the same number".formatted(wrong.getString(2), wrong.getString(3));
  }

  private IllegalArgumentException cannotUse(String reason) {
    return TextLines.cannotUse(truth.files().namedTruth(), reason);
  }
}
