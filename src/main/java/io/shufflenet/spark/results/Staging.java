package io.shufflenet.spark.results;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes predictions in batches of partitions, each recorded when whole ({@link BatchWriter}), and
 * then puts them together. Two batches are in flight: tasks of the second fill the slots that the
 * last tasks of the first leave idle.
 */
public final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  static final String BATCHES = "batches";
  private static final String PREDICTIONS = "predictions";
  private static final int IN_FLIGHT = 2;

  private final SparkSession spark;
  private final RunFolder folder;
  private final int partitionsPerBatch;
  private final int attempt;

  /**
   * @param partitionsPerBatch how many partitions are lost at most, times two, when the run is
   *     interrupted
   * @throws IOException if the file system fails
   */
  public Staging(SparkSession spark, RunFolder folder, int partitionsPerBatch) throws IOException {
    this.spark = spark;
    this.folder = folder;
    this.partitionsPerBatch = partitionsPerBatch;
    this.attempt = 1 + attempts(folder).stream().reduce(0, Math::max);
  }

  /** Runs that are resumed have staged in the same folder before. */
  private static List<Integer> attempts(RunFolder folder) throws IOException {
    return folder.names(BATCHES).stream().map(Integer::valueOf).toList();
  }

  /** The whole batches that are staged, by attempt. */
  static SortedMap<Integer, List<Path>> recorded(RunFolder folder) throws IOException {
    SortedMap<Integer, List<Path>> recorded = new TreeMap<>();
    for (int attempt : attempts(folder)) {
      List<Path> batches = recorded(folder, attempt);
      if (!batches.isEmpty()) {
        recorded.put(attempt, batches);
      }
    }
    return recorded;
  }

  private static List<Path> recorded(RunFolder folder, int attempt) throws IOException {
    String batches = BATCHES + "/" + attempt;
    return folder.names(batches).stream()
        .filter(name -> name.endsWith(BatchWriter.DONE))
        .map(name -> name.substring(0, name.length() - BatchWriter.DONE.length()))
        .map(name -> folder.working(batches + "/" + name))
        .toList();
  }

  /**
   * Computes and stages every partition of {@code predictions}.
   *
   * @throws IOException if Spark gave up on a batch; its cause tells why
   */
  public void stage(Dataset<Row> predictions) throws IOException {
    try (BatchWriter writer =
        new BatchWriter(spark, folder, BATCHES + "/" + attempt, predictions)) {
      int partitions = writer.partitions();
      int batches = (partitions + partitionsPerBatch - 1) / partitionsPerBatch;
      ExecutorService submitters = Executors.newFixedThreadPool(IN_FLIGHT);
      CompletionService<Void> done = new ExecutorCompletionService<>(submitters);
      for (int batch = 0; batch < batches; batch++) {
        int first = batch * partitionsPerBatch;
        int end = Math.min(first + partitionsPerBatch, partitions);
        String step = "predict: batch %d of %d".formatted(batch + 1, batches);
        Future<Void> unused =
            done.submit(
                () -> {
                  writer.write(step, IntStream.range(first, end).boxed().toList());
                  return null;
                });
      }
      await(batches, done, submitters, writer);
    }
  }

  /** On the first failure nothing is left running: what is to be cleared up must not come back. */
  private void await(
      int batches, CompletionService<Void> done, ExecutorService submitters, BatchWriter writer)
      throws IOException {
    try {
      for (int batch = 0; batch < batches; batch++) {
        done.take().get();
      }
      submitters.shutdown();
    } catch (ExecutionException e) {
      stop(submitters, writer);
      throw new IOException("Cannot predict: Spark gave up on a task", e.getCause());
    } catch (InterruptedException e) {
      stop(submitters, writer);
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private void stop(ExecutorService submitters, BatchWriter writer) {
    writer.stop();
    submitters.shutdownNow();
    spark.sparkContext().cancelJobGroup(folder.runId());
    try {
      if (!submitters.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("A Spark job of the failed run is still running");
      }
      // A batch that was being submitted when the first call came has a job by now.
      spark.sparkContext().cancelJobGroup(folder.runId());
      awaitTasks();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A task that is told to stop goes on writing until it notices. */
  private void awaitTasks() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (tasksAreRunning()) {
      if (System.nanoTime() > end) {
        LOG.warn("A task of the failed run is still running");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean tasksAreRunning() {
    return Arrays.stream(spark.sparkContext().statusTracker().getExecutorInfos())
        .anyMatch(executor -> executor.numRunningTasks() > 0);
  }

  /**
   * Rewrites what is staged, and what is kept, into few files, sorted by path (where a table has
   * none, by what tells its images apart): the {@code predictions} to be published.
   *
   * @param kept rows of the same columns to publish with them
   * @param images how many rows there must be, one for each input image
   * @param bytesPerFile what a file holds at most, roughly
   * @return the predictions to be published
   * @throws IOException if there are more or fewer rows, or the file system fails
   */
  public Dataset<Row> compact(Optional<Dataset<Row>> kept, long images, long bytesPerFile)
      throws IOException {
    String predictions = folder.working(PREDICTIONS).toString();
    Dataset<Row> all =
        Stream.concat(staged().stream(), kept.stream()).reduce(Dataset::union).orElseThrow();
    all.repartitionByRange(
            files(bytesPerFile),
            functions.col(PredictionSchema.RELATIVE_PATH),
            functions.col(PredictionSchema.PATH),
            functions.col(PredictionSchema.LENGTH),
            functions.col(PredictionSchema.SQUARED_PROBABILITY))
        .sortWithinPartitions(PredictionSchema.RELATIVE_PATH, PredictionSchema.PATH)
        .write()
        .parquet(predictions);
    Dataset<Row> written = spark.read().schema(all.schema()).parquet(predictions);
    long rows = written.count();
    if (rows != images) {
      throw new IOException(
          "Cannot publish predictions: %d rows for %d images; did the input change during the run?"
              .formatted(rows, images));
    }
    return written;
  }

  private Optional<Dataset<Row>> staged() throws IOException {
    String[] batches =
        recorded(folder, attempt).stream().map(Path::toString).toArray(String[]::new);
    return batches.length == 0 ? Optional.empty() : Optional.of(spark.read().parquet(batches));
  }

  private int files(long bytesPerFile) throws IOException {
    long bytes = folder.bytes(folder.working(BATCHES));
    if (folder.earlierPredictions().isPresent()) {
      bytes += folder.bytes(folder.earlierPredictions().get());
    }
    return Math.toIntExact(bytes / bytesPerFile + 1);
  }
}
