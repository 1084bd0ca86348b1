package io.shufflenet.spark.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The metrics of a training run as Parquet: a part for each checkpoint, in the partition column
 * {@code checkpoint}, with the rows since the one before. The part is written before its
 * checkpoint, so that parts and checkpoints agree however the run ends.
 */
public final class MetricsTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("iteration", DataTypes.LongType, false)
          .add("epoch", DataTypes.DoubleType, false)
          .add("learning_rate", DataTypes.DoubleType, false)
          .add("loss", DataTypes.DoubleType, false)
          .add("accuracy", DataTypes.DoubleType, false)
          .add("images_per_second", DataTypes.DoubleType, false)
          .add("validation_top1", DataTypes.DoubleType)
          .add("validation_top5", DataTypes.DoubleType)
          .add("validation_nll", DataTypes.DoubleType);

  private final SparkSession spark;
  private final Path folder;
  private final List<Row> rows = new ArrayList<>();

  /** Of the run in that folder. */
  public MetricsTable(SparkSession spark, TrainingFolder folder) {
    this.spark = spark;
    this.folder = folder.metrics();
  }

  void add(Metrics metrics) {
    Optional<Validation> validation = metrics.validation();
    rows.add(
        RowFactory.create(
            metrics.iteration(),
            metrics.epoch(),
            metrics.learningRate(),
            metrics.loss(),
            metrics.accuracy(),
            metrics.imagesPerSecond(),
            validation.map(Validation::top1).orElse(null),
            validation.map(Validation::top5).orElse(null),
            validation.map(Validation::nll).orElse(null)));
  }

  /** Writes the rows since the last call as the part of the checkpoint at {@code iteration}. */
  void save(long iteration) {
    Path part = new Path(folder, String.format(Locale.ROOT, "checkpoint=%d", iteration));
    spark
        .createDataFrame(rows, SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(part.toString());
    rows.clear();
  }
}
