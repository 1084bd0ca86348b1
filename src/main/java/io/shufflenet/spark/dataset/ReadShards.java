package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads a tar file on an executor, each image as it is asked for, as rows of {@link
 * ImageRows#OF_SHARDS}.
 */
final class ReadShards implements FlatMapFunction<Shard, Row> {
  private static final long serialVersionUID = 1;

  private final ShardSelection selection;
  private final int most;
  private final Broadcast<SerializableConfiguration> configuration;
  private final LongAccumulator listed;

  /**
   * @param most how many images to take of each file
   */
  ReadShards(
      ShardSelection selection,
      int most,
      Broadcast<SerializableConfiguration> configuration,
      LongAccumulator listed) {
    this.selection = selection;
    this.most = most;
    this.configuration = configuration;
    this.listed = listed;
  }

  @Override
  public Iterator<Row> call(Shard shard) throws IOException {
    ShardReader reader = ShardReader.open(shard, selection, configuration.value().value());
    TaskCompletionListener end = context -> close(reader);
    TaskContext.get().addTaskCompletionListener(end);
    return reader.stream().limit(most).map(image -> row(shard, image)).iterator();
  }

  private static void close(ShardReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row row(Shard shard, ShardImage image) {
    listed.add(1);
    return RowFactory.create(
        new MemberName(image.name()).in(shard.path()),
        shard.relativePath() + "/" + image.name(),
        image.length(),
        shard.version(),
        image.label(),
        image.bytes());
  }
}
