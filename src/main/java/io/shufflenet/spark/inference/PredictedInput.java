package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.dataset.LabelPolicy;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.results.PredictionSchema;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The predictions of a whole input, in the columns of {@link PredictionSchema}, for a caller that
 * does with them what it likes.
 */
public final class PredictedInput {
  private static final int PARTITIONS_PER_SLOT = 4;

  private final SparkSession spark;
  private final ImageInput input;
  private final Labels labels;
  private final InferenceSettings settings;
  private Dataset<Row> predictions;

  private PredictedInput(
      SparkSession spark, ImageInput input, Labels labels, InferenceSettings settings) {
    this.spark = spark;
    this.input = input;
    this.labels = labels;
    this.settings = settings;
  }

  /**
   * Reads the model and looks at the input and its labels, as the command predict does.
   *
   * @throws IllegalArgumentException if options or input do not serve
   * @throws IOException if a file cannot be read, or the model's is no checkpoint
   */
  public static PredictedInput open(
      SparkSession spark, InputSettings input, ClassifierOptions options) throws IOException {
    LoadedModel model = options.load(spark);
    ImageInput images =
        ImageInput.open(
            spark, input, ClassifierOptions.MOST_BYTES, PredictionSchema.reservedNames());
    Labels labels =
        Labels.resolve(
            images,
            options.classNames(),
            model.classNames(),
            spark.sparkContext().hadoopConfiguration(),
            model.network().classes(),
            LabelPolicy.LENIENT);
    return new PredictedInput(spark, images, labels, options.settings(model, labels.names()));
  }

  /** Known without reading an image. */
  public StructType schema() {
    return PredictionSchema.of(input.keptFields(), settings.scores(), settings.embedding());
  }

  /**
   * A row for each image, predicted whenever Spark asks. The weights are broadcast at the first
   * call, for all further ones.
   */
  public synchronized Dataset<Row> predictions() {
    if (predictions == null) {
      Dataset<Row> rows = labels.index(input.rows());
      Dataset<Row> images =
          input.holdsContent()
              ? rows
              : rows.repartition(PARTITIONS_PER_SLOT * spark.sparkContext().defaultParallelism());
      predictions = Inference.predict(images, settings, new InferenceMetrics(spark.sparkContext()));
    }
    return predictions;
  }
}
