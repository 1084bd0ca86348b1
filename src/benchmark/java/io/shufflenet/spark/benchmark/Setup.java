package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * What all measurements share.
 *
 * @param home the project's folder
 * @param work a folder for what is made on the way
 * @param crops of images, as many as the largest batch
 * @param rounds of which the median is taken
 * @param slice for how long a figure is measured in each round
 */
record Setup(
    Path home,
    Path work,
    ImageSet images,
    List<byte[]> crops,
    int rounds,
    Duration slice,
    Callers callers) {
  static final Preprocessing PREPROCESSING = Preprocessing.MEGVII;
  static final int CLASSES = 1000;

  /** Says on standard error what goes on. */
  static void progress(String step) {
    System.err.println("benchmark: " + step + " ...");
  }

  /** A session of this process, on all cores. */
  static SparkSession spark() {
    return SparkSession.builder()
        .master("local[*]")
        .appName("benchmark")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.parquet.columnarReaderBatchSize", "64") // as conf/spark-local.conf
        .getOrCreate();
  }

  Weights lively(Architecture architecture) throws IOException {
    byte[] checkpoint = LivelyWeights.checkpoint(architecture, CLASSES, PREPROCESSING, crops);
    return Weights.read(checkpoint, architecture.name());
  }
}
