package io.shufflenet.spark.inference;

import java.util.Arrays;
import org.apache.spark.sql.Row;

/** What of an input row reaches its prediction: everything but the image's bytes. */
record Source(
    String path,
    String relativePath,
    Object[] kept,
    String label,
    Integer labelIndex,
    Long length,
    String version) {
  static Source of(Row row, ImageColumns columns) {
    return new Source(
        columns.string(row, columns.path()),
        columns.string(row, columns.relativePath()),
        Arrays.stream(columns.kept()).mapToObj(row::get).toArray(),
        columns.string(row, columns.label()),
        columns.labelIndex(row),
        columns.length(row),
        columns.string(row, columns.version()));
  }

  /** The image's true length in bytes, once it is read. */
  Source withLength(long read) {
    return new Source(path, relativePath, kept, label, labelIndex, read, version);
  }
}
