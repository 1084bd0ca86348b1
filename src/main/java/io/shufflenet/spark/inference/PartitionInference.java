package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.results.AttemptNotes;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
  public Iterator<Row> call(Iterator<Row> images) throws IOException {
    TaskContext task = TaskContext.get();
    Optional<AttemptNotes> notes = AttemptNotes.ofTask(task, hadoop.value().value());
    List<String> earlier = notes.isPresent() ? notes.get().begin(task.taskAttemptId()) : List.of();
    Forward forward = ExecutorClassifiers.forTask(delivery.value(), metrics);
    long started = System.nanoTime();
    TaskCompletionListener end =
        context -> {
          forward.close();
          metrics.task(System.nanoTime() - started, forward.batchSize());
        };
    task.addTaskCompletionListener(end);
    // Most partitions that are tried alone are innocent: their first attempt goes at full speed.
    return earlier.isEmpty()
        ? predictions(images, forward)
        : oneByOne(
            images, forward, earlier, image -> notes.get().write(task.taskAttemptId(), image));
  }

  private Iterator<Row> oneByOne(
      Iterator<Row> images, Forward forward, List<String> deaths, OneByOne.Note note) {
    PredictionRows rows = new PredictionRows(delivery.value().settings());
    return new OneByOne(
        images,
        columns,
        image -> predictions(List.of(image).iterator(), forward).next(),
        image -> {
          metrics.predicted(1, 1);
          return rows.failed(Source.of(image, columns), null, Failure.crashed());
        },
        deaths,
        note);
  }

  private Iterator<Row> predictions(Iterator<Row> images, Forward forward) {
    InferenceSettings settings = delivery.value().settings();
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
