package io.shufflenet.spark.dataset;

import java.time.Instant;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A file in an image folder and where it stands under the root. */
record FolderFile(FileStatus status, String relativePath) {

  Path path() {
    return status.getPath();
  }

  String name() {
    return path().getName();
  }

  /**
   * The first folder under the root that the file is in, as torchvision's ImageFolder has it, or
   * null.
   */
  String label() {
    int slash = relativePath.indexOf('/');
    return slash < 0 ? null : relativePath.substring(0, slash);
  }

  /** As {@link ImageRows#VERSION}. */
  String version() {
    return Instant.ofEpochMilli(status.getModificationTime()).toString();
  }

  /** A row of {@link ImageRows#OF_FOLDER}. */
  Row toRow() {
    return RowFactory.create(path().toString(), relativePath, status.getLen(), version(), label());
  }
}
