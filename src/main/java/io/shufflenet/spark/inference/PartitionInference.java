package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.ImageReader;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** What a Spark task does: reads, decodes and classifies the images of one partition. */
final class PartitionInference implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final ImageColumns columns;
  private final Broadcast<Delivery> delivery;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final InferenceMetrics metrics;

  PartitionInference(
      ImageColumns columns,
      Broadcast<Delivery> delivery,
      Broadcast<SerializableConfiguration> hadoop,
      InferenceMetrics metrics) {
    this.columns = columns;
    this.delivery = delivery;
    this.hadoop = hadoop;
    this.metrics = metrics;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> images) {
    InferenceSettings settings = delivery.value().settings();
    Forward forward = ExecutorClassifiers.forTask(delivery.value(), metrics);
    long started = System.nanoTime();
    TaskCompletionListener end =
        context -> {
          forward.close();
          metrics.task(System.nanoTime() - started, forward.batchSize());
        };
    TaskContext.get().addTaskCompletionListener(end);
    return new PredictionIterator(
        images,
        columns,
        new ImageReader(hadoop.value().value(), settings.maxBytes(), metrics::retried),
        settings.decoder(),
        forward,
        settings,
        metrics);
  }
}
