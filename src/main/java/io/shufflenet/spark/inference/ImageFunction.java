package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.image.ImageDecoder;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Classifies one image at a time, for a caller that has no more. The network runs on a whole batch
 * all the same, so this is slower than {@link Inference#predict}, and gives the same predictions.
 * Each task has a copy of its own, which is for that task's thread.
 */
public final class ImageFunction implements Serializable {
  private static final long serialVersionUID = 1;

  private static final ImageColumns COLUMNS =
      ImageColumns.of(
          new StructType()
              .add(ImageRows.PATH, DataTypes.StringType)
              .add(ImageRows.CONTENT, DataTypes.BinaryType));

  private final StructType type;
  private final Broadcast<Delivery> delivery;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final InferenceMetrics metrics;
  private transient ImageReader reader;
  private transient ImageDecoder decoder;
  private transient Forward forward;

  private ImageFunction(
      StructType type,
      Broadcast<Delivery> delivery,
      Broadcast<SerializableConfiguration> hadoop,
      InferenceMetrics metrics) {
    this.type = type;
    this.delivery = delivery;
    this.hadoop = hadoop;
    this.metrics = metrics;
  }

  /** Broadcasts the weights, and computes what executors are checked against. */
  public static ImageFunction of(SparkSession session, InferenceSettings settings) {
    SparkContext context = session.sparkContext();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
    return new ImageFunction(
        Classification.type(settings.embedding()),
        spark.broadcast(new Delivery(settings, Inference.checkLogits(settings))),
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())),
        new InferenceMetrics(context));
  }

  /** What {@link #classify} gives, as {@link Classification#type} has it. */
  public StructType type() {
    return type;
  }

  /**
   * One image's struct.
   *
   * @param content the encoded image; null: it is read from {@code path}
   * @param path a Hadoop path; null where there is none
   */
  public Row classify(byte[] content, String path) {
    InferenceSettings settings = delivery.value().settings();
    if (forward == null) {
      forward = ExecutorClassifiers.forTask(delivery.value(), metrics);
      reader = new ImageReader(hadoop.value().value(), settings.maxBytes(), metrics::retried);
      decoder = settings.decoder();
    }
    List<Row> image = List.of(RowFactory.create(path, content));
    return Classification.of(
        new PredictionIterator(
                image.iterator(), COLUMNS, reader, decoder, forward, settings, metrics)
            .next(),
        settings.embedding());
  }
}
