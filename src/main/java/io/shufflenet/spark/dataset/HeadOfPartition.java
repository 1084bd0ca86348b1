package io.shufflenet.spark.dataset;

import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** The first rows of a partition; the rest of it is not read. */
final class HeadOfPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final int most;

  HeadOfPartition(int most) {
    this.most = most;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .limit(most)
        .iterator();
  }
}
