package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lists a unit's files on an executor, each as it is asked for, as rows of {@link
 * ImageRows#OF_FOLDER}.
 */
final class ListFiles implements FlatMapFunction<ListingUnit, Row> {
  private static final long serialVersionUID = 1;

  private final String root;
  private final List<String> endings;
  private final int most;
  private final Broadcast<SerializableConfiguration> configuration;
  private final LongAccumulator listed;

  /**
   * @param most how many files to take of each unit
   */
  ListFiles(
      String root,
      List<String> endings,
      int most,
      Broadcast<SerializableConfiguration> configuration,
      LongAccumulator listed) {
    this.root = root;
    this.endings = List.copyOf(endings);
    this.most = most;
    this.configuration = configuration;
    this.listed = listed;
  }

  @Override
  public Iterator<Row> call(ListingUnit unit) throws IOException {
    Path folder = new Path(root);
    FileSystem fileSystem = folder.getFileSystem(configuration.value().value());
    return FolderWalk.of(FolderLister.of(fileSystem, folder), unit).stream()
        .filter(file -> FileNames.hasEnding(file.name(), endings))
        .limit(most)
        .map(this::row)
        .iterator();
  }

  private Row row(FolderFile file) {
    listed.add(1);
    return file.toRow();
  }
}
