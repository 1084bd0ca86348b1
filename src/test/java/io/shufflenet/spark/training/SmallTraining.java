package io.shufflenet.spark.training;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.image.Augmentation;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.SgdSettings;
import io.shufflenet.spark.model.Stage;
import io.shufflenet.spark.model.TrainableSettings;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Short runs of the smallest network on a few small images. */
final class SmallTraining implements AutoCloseable {
  static final int CLASSES = 3;
  static final int IMAGES = 18;
  static final int VALIDATION_IMAGES = 9;
  static final int BATCH = 8;
  static final int ITERATIONS = 12;
  static final long SEED = 5;
  static final double RATE = 0.005;
  static final String MODEL = "model.pth.tar";
  static final String LAST_CHECKPOINT = "checkpoints/checkpoint-000012.pth.tar";

  private static final long MAX_PIXELS = 1 << 20;
  private static final Preprocessing PREPROCESSING = Preprocessing.MEGVII.atSize(32);
  private static final StructType TABLE =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("relative_path", DataTypes.StringType)
          .add("label_index", DataTypes.IntegerType)
          .add("content", DataTypes.BinaryType);

  private final SparkSession spark = LocalSpark.session();
  private final Path spools;
  private final Spool training;
  private final Spool validation;

  /**
   * @param spools where the images are copied to
   */
  SmallTraining(Path spools) throws IOException {
    this.spools = spools;
    training = spool("training", IMAGES, 100);
    validation = spool("validation", VALIDATION_IMAGES, 200);
  }

  Spool spool(String name, int images, long seed) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      int label = image % CLASSES;
      byte[] png = ColouredImages.png(label, CLASSES, seed + image);
      rows.add(RowFactory.create(null, name + "-" + image + ".png", label, png));
    }
    return Spool.fill(
        spools.resolve(name),
        name,
        spark.createDataFrame(rows, TABLE),
        new ImageReader(new Configuration(), 1 << 20),
        new ImageDecoder(PREPROCESSING, Orientation.IGNORE, MAX_PIXELS),
        done -> {});
  }

  /** Metrics every 5 iterations, a validation every 6, a checkpoint every 4. */
  TrainingPlan plan(long seed) {
    return plan(seed, RATE, Optional.of(validation));
  }

  TrainingPlan plan(long seed, double rate, Optional<Spool> validated) {
    TrainableSettings network =
        new TrainableSettings(new SgdSettings(0.9, 4e-5, 0), 0.1, Stage.STEM);
    return plan(
        new TrainingSettings(
            BATCH, ITERATIONS, rate, 2, network, Augmentation.MEGVII, seed, 5, 6, 4),
        PREPROCESSING,
        validated);
  }

  TrainingPlan plan(
      TrainingSettings settings, Preprocessing preprocessing, Optional<Spool> validated) {
    return new TrainingPlan(
        settings,
        Weights.initialised(new Architecture(3, "0.5x"), CLASSES, 1),
        new ModelDescription(preprocessing, List.of("red", "green", "blue")),
        ComputeDevice.CPU,
        Orientation.IGNORE,
        MAX_PIXELS,
        training,
        validated);
  }

  TrainingResult train(Path output, TrainingPlan plan, TrainingListener listener)
      throws IOException {
    TrainingFolder results = folder(output);
    results.begin("{}");
    return Trainer.train(plan, results, new MetricsTable(spark, results), listener);
  }

  static TrainingFolder folder(Path output) throws IOException {
    return TrainingFolder.of(new Configuration(), new org.apache.hadoop.fs.Path(output.toUri()));
  }

  /** The rows of a run in the order of their iterations. */
  Dataset<Row> metrics(Path output) {
    return spark.read().parquet(output.resolve("metrics").toString()).orderBy("iteration");
  }

  @Override
  public void close() throws IOException {
    training.close();
    validation.close();
  }
}
