package io.shufflenet.spark.results;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;

/**
 * Writes partitions of predictions, each batch of them an ordinary Spark write of its own that is
 * recorded when whole. Partitions under which executors die until Spark gives up are taken out of
 * their batch and written one at a time, while nothing else runs, so that the image is found that
 * kills them ({@link AttemptNotes}). Thread-safe.
 */
final class BatchWriter implements AutoCloseable {
  static final String DONE = ".done";
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int AGAIN = 2;

  private final SparkSession spark;
  private final RunFolder folder;
  private final String batches;
  private final RDD<Row> rows;
  private final StructType schema;
  private final ExecutorLosses losses = new ExecutorLosses();
  private final AtomicInteger written = new AtomicInteger();

  /** Fair, so that whoever waits to be alone gets his turn. */
  private final ReadWriteLock together = new ReentrantReadWriteLock(true);

  private volatile boolean stopped;

  /**
   * @param batches where to stage them in the run's own folder
   */
  BatchWriter(SparkSession spark, RunFolder folder, String batches, Dataset<Row> predictions) {
    this.spark = spark;
    this.folder = folder;
    this.batches = batches;
    this.rows = predictions.rdd();
    this.schema = predictions.schema();
    spark.sparkContext().addSparkListener(losses);
  }

  int partitions() {
    return rows.getNumPartitions();
  }

  /**
   * Computes and stages these partitions.
   *
   * @param step for Spark's web pages
   * @throws Exception that of Spark where it gave up; {@link IOException} where executors go on
   *     dying, and not for an image
   */
  void write(String step, List<Integer> partitions) throws Exception {
    if (partitions.isEmpty()) {
      return;
    }
    Set<Integer> deadly = writeTogether(step, partitions);
    // Before the rest: where it is not for an image that executors die, the run soon fails.
    for (int partition : deadly) {
      writeAlone(partition);
    }
    if (!deadly.isEmpty()) {
      write(step, partitions.stream().filter(partition -> !deadly.contains(partition)).toList());
    }
  }

  /** Those under which executors died until Spark gave up; none where the batch is written. */
  private Set<Integer> writeTogether(String step, List<Integer> partitions) throws Exception {
    String batch = nextBatch();
    together.readLock().lockInterruptibly();
    try {
      compute(batch, step, partitions);
    } catch (Exception failure) {
      Set<Integer> deadly = isOver() ? Set.of() : deadly(batch, partitions);
      if (deadly.isEmpty()) {
        throw failure;
      }
      LOG.warn(
          "Executors died under {} of {} partitions until Spark gave up; these are tried one at a"
              + " time",
          deadly.size(),
          partitions.size());
      return deadly;
    } finally {
      together.readLock().unlock();
    }
    record(batch);
    return Set.of();
  }

  /**
   * One death may have been the neighbour's, which dies again; where none does, all are suspects.
   */
  private Set<Integer> deadly(String batch, List<Integer> partitions) throws InterruptedException {
    Map<Integer, Integer> lost = losses.of(batch);
    int most = lost.values().stream().reduce(0, Math::max);
    return lost.entrySet().stream()
        .filter(loss -> loss.getValue() >= Math.min(most, AGAIN))
        .map(loss -> partitions.get(loss.getKey()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void writeAlone(int partition) throws Exception {
    AttemptNotes notes =
        AttemptNotes.in(
            folder.working("alone/" + partition), spark.sparkContext().hadoopConfiguration());
    together.writeLock().lockInterruptibly();
    try {
      String batch = nextBatch();
      while (!tryAlone(batch, partition, notes)) {
        batch = nextBatch();
      }
      tellCrashed(batch);
      record(batch);
    } finally {
      together.writeLock().unlock();
    }
  }

  private boolean tryAlone(String batch, int partition, AttemptNotes notes) throws Exception {
    List<String> before = notes.read();
    spark.sparkContext().setLocalProperty(AttemptNotes.FOLDER, notes.folder().toString());
    try {
      compute(batch, "predict: partition %d alone".formatted(partition), List.of(partition));
      return true;
    } catch (Exception failure) {
      if (isOver() || losses.of(batch).isEmpty()) {
        throw failure;
      }
      AttemptNotes.requireProgress(before, notes.read(), failure);
      return false;
    } finally {
      spark.sparkContext().setLocalProperty(AttemptNotes.FOLDER, null);
    }
  }

  private boolean isOver() {
    return stopped || spark.sparkContext().isStopped();
  }

  private String nextBatch() {
    return batches + "/" + written.getAndIncrement();
  }

  private void compute(String batch, String step, List<Integer> partitions) {
    spark.sparkContext().setJobGroup(folder.runId(), step, false);
    spark.sparkContext().setLocalProperty(ExecutorLosses.JOB, batch);
    try {
      RDD<Row> part = PartitionPruningRDD.create(rows, among(Set.copyOf(partitions)));
      spark
          .createDataFrame(part.toJavaRDD(), schema)
          .write()
          .parquet(folder.working(batch).toString());
    } finally {
      spark.sparkContext().setLocalProperty(ExecutorLosses.JOB, null);
    }
  }

  private void record(String batch) throws IOException {
    folder.requireOwned();
    folder.writeText(batch + DONE, "");
  }

  private static Function1<Object, Object> among(Set<Integer> partitions) {
    return (Function1<Object, Object> & Serializable) index -> partitions.contains((Integer) index);
  }

  private void tellCrashed(String batch) {
    Path staged = folder.working(batch);
    spark
        .read()
        .parquet(staged.toString())
        .filter(col(PredictionSchema.ERROR).getField("kind").equalTo(PredictionSchema.CRASHED))
        .select(coalesce(col(PredictionSchema.RELATIVE_PATH), col(PredictionSchema.PATH)))
        .collectAsList()
        .forEach(
            image ->
                LOG.warn(
                    "Executors died twice while {} was under way, alone: it crashes native code, or"
                        + " needs more memory than spark.executor.memoryOverhead leaves. It is an"
                        + " error row of kind {}",
                    image.isNullAt(0) ? "an image without a name" : image.getString(0),
                    PredictionSchema.CRASHED));
  }

  /** From now on a batch that fails is not tried in parts. */
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(losses);
  }
}
