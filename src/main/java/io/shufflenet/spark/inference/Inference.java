package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Classifier;
import io.shufflenet.spark.results.PredictionSchema;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** The only way into inference: images in, predictions out, a row for a row. */
public final class Inference {
  private static final Map<Checked, float[]> CHECK_LOGITS = new ConcurrentHashMap<>();

  private record Checked(String networkSha256, Preprocessing preprocessing) {}

  private Inference() {}

  /**
   * Predicts every image, lazily, in the partitions of {@code images}.
   *
   * <p>Each row of {@code images} names a file ({@code path}, a Hadoop path) or holds an encoded
   * image ({@code content}); {@code relative_path}, {@code length}, {@code version}, {@code label}
   * and {@code label_index} are taken where present, and every other column is kept. The result has
   * the columns of {@link PredictionSchema}. The same image gets the same prediction whatever its
   * partition, its place in it, and its neighbours; on a GPU whose memory makes batches shrink, to
   * the last digits.
   *
   * <p>The weights travel to the executors once, as a broadcast, with the logits that this JVM
   * computes for a built-in image: an executor whose library or device gives others fails before
   * its first prediction.
   *
   * @throws IllegalArgumentException if the columns do not serve
   */
  public static Dataset<Row> predict(
      Dataset<Row> images, InferenceSettings settings, InferenceMetrics metrics) {
    ImageColumns columns = ImageColumns.of(images.schema());
    StructType schema =
        PredictionSchema.of(
            ImageColumns.kept(images.schema()), settings.scores(), settings.embedding());
    SparkContext context = images.sparkSession().sparkContext();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
    return images.mapPartitions(
        new PartitionInference(
            columns,
            spark.broadcast(new Delivery(settings, checkLogits(settings))),
            spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())),
            metrics),
        Encoders.row(schema));
  }

  /**
   * What this JVM makes of the check image, on its CPU. Computed once for a model: Spark plans a
   * query in SQL anew whenever it looks at it.
   */
  static float[] checkLogits(InferenceSettings settings) {
    return CHECK_LOGITS.computeIfAbsent(
        new Checked(settings.network().sha256(), settings.preprocessing()),
        absent -> {
          try (Classifier classifier =
              Classifier.reference(settings.network(), settings.preprocessing())) {
            return classifier.checkLogits();
          }
        });
  }
}
