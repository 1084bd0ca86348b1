package io.shufflenet.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.dataset.InputColumns;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.dataset.TruthSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** What a job does with its images before it decodes them: listing, sharing out, reading. */
public final class ReadThrough {
  private static final int MAX_BYTES = 64 << 20;

  private ReadThrough() {}

  /**
   * Reads every image.
   *
   * @param input an image folder or a table
   * @param manifest where a listing may be written
   * @return how many bytes they have
   */
  public static long bytes(SparkSession spark, String input, String manifest) throws IOException {
    ImageInput images = ImageInput.open(spark, settings(input), MAX_BYTES, List.of());
    Dataset<Row> rows = images.holdsContent() ? images.rows() : written(images, manifest);
    Partitioning partitioning = partitioning(rows, images.holdsContent());
    return partitioning
        .apply(rows, images.holdsContent())
        .mapPartitions(new Lengths(rows, configuration(spark)), Encoders.LONG())
        .agg(sum("value"))
        .first()
        .getLong(0);
  }

  /** All images that {@code input.format = auto} finds. */
  public static InputSettings settings(String input) {
    return new InputSettings(
        input, "auto", InputColumns.USUAL, "", List.of(), List.of(), TruthSettings.NONE, 0, 0);
  }

  private static Dataset<Row> written(ImageInput images, String manifest) {
    images.rows().write().mode(SaveMode.Overwrite).parquet(manifest);
    return images.rows().sparkSession().read().parquet(manifest);
  }

  private static Partitioning partitioning(Dataset<Row> rows, boolean holdsContent) {
    int slots = rows.sparkSession().sparkContext().defaultParallelism();
    if (holdsContent) {
      return Partitioning.of(rows.count(), 0, slots);
    }
    Row extent = rows.agg(count(lit(1)), sum(col(ImageRows.LENGTH))).first();
    return Partitioning.of(extent.getLong(0), extent.getLong(1), slots);
  }

  private static Broadcast<SerializableConfiguration> configuration(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /** The length of each image, read. */
  private static final class Lengths implements MapPartitionsFunction<Row, Long> {
    private static final long serialVersionUID = 1;

    private final int path;
    private final int content;
    private final Broadcast<SerializableConfiguration> configuration;

    Lengths(Dataset<Row> rows, Broadcast<SerializableConfiguration> configuration) {
      List<String> columns = List.of(rows.columns());
      this.path = columns.indexOf(ImageRows.PATH);
      this.content = columns.indexOf(ImageRows.CONTENT);
      this.configuration = configuration;
    }

    @Override
    public Iterator<Long> call(Iterator<Row> rows) throws IOException {
      ImageReader reader = new ImageReader(configuration.value().value(), MAX_BYTES);
      long bytes = 0;
      while (rows.hasNext()) {
        Row row = rows.next();
        bytes +=
            content >= 0
                ? row.<byte[]>getAs(content).length
                : reader.read(row.getString(path)).length;
      }
      return List.of(bytes).iterator();
    }
  }
}
