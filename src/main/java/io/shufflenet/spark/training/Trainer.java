package io.shufflenet.spark.training;

import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.model.Stage;
import io.shufflenet.spark.model.TrainableNetwork;
import io.shufflenet.spark.model.TrainableNetwork.BatchResult;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.training.BatchLoader.Batch;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Trains a network in the calling thread, while other threads decode what comes next. Goes on from
 * the newest checkpoint in the folder: then every further iteration sees what it would have seen
 * without the interruption, and on a CPU with as many cores the weights are the same bit for bit.
 *
 * @see <a href="https://github.com/megvii-model/ShuffleNet-Series">Megvii's recipe</a>
 */
public final class Trainer {
  private static final int VALIDATION_BATCH = 64;

  private final TrainingPlan plan;
  private final TrainingSettings settings;
  private final TrainingFolder folder;
  private final MetricsTable metrics;
  private final TrainingListener listener;
  private final ExecutorService decoding = daemons();
  private final AugmentedCrops samples;
  private TrainableNetwork network;

  private Trainer(
      TrainingPlan plan, TrainingFolder folder, MetricsTable metrics, TrainingListener listener) {
    this.plan = plan;
    this.settings = plan.settings();
    this.folder = folder;
    this.metrics = metrics;
    this.listener = listener;
    this.samples = plan.augmentedCrops();
  }

  private static ExecutorService daemons() {
    return Executors.newFixedThreadPool(
        Runtime.getRuntime().availableProcessors(),
        task -> {
          Thread thread = new Thread(task, "decoding");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Trains to the last iteration, recomputes the statistics of normalisation, and saves the model.
   *
   * @throws IOException if an image or the folder fails, or the loss is not finite any more
   */
  public static TrainingResult train(
      TrainingPlan plan, TrainingFolder folder, MetricsTable metrics, TrainingListener listener)
      throws IOException {
    Trainer trainer = new Trainer(plan, folder, metrics, listener);
    try {
      return trainer.run();
    } finally {
      trainer.decoding.shutdown();
    }
  }

  private TrainingResult run() throws IOException {
    Optional<SavedState> saved = folder.newest();
    Weights weights = saved.map(SavedState::weights).orElse(plan.start());
    try (TrainableNetwork loaded =
        TrainableNetwork.load(
            weights, plan.description().preprocessing(), plan.device(), settings.network())) {
      network = loaded;
      saved.ifPresent(state -> network.restoreMomentum(state.momentum()));
      Optional<Validation> running = iterate(saved.map(SavedState::iteration).orElse(0L));
      averageStatistics();
      folder.saveModel(stateDict(settings.iterations()), plan.description());
      return new TrainingResult(running, validation());
    }
  }

  /** The validation after the last iteration. */
  private Optional<Validation> iterate(long done) throws IOException {
    if (done == settings.iterations()) {
      return validation();
    }
    int size = settings.batchSize();
    Optional<Validation> last = Optional.empty();
    try (BatchLoader batches = batches(samples, done * size, settings.iterations() * size, size)) {
      Interval interval = new Interval();
      for (long iteration = done + 1; iteration <= settings.iterations(); iteration++) {
        Batch batch = batches.next();
        interval.add(step(batch, iteration), batch.images());
        Metrics soFar = metrics(iteration, interval);
        listener.trained(soFar);
        if (isRow(iteration)) {
          last = measure(soFar).validation();
          saveIfDue(iteration);
          interval = new Interval();
        }
      }
    }
    return last;
  }

  private void saveIfDue(long iteration) throws IOException {
    if (isDue(iteration, settings.checkpointEvery())) {
      metrics.save(iteration);
      folder.save(iteration, stateDict(iteration), network.momentum(), plan.description());
    }
  }

  private Map<String, Tensor> stateDict(long iteration) throws IOException {
    try {
      return network.stateDict();
    } catch (ArithmeticException e) {
      throw diverged(iteration, e);
    }
  }

  private static IOException diverged(long iteration, ArithmeticException reason) {
    return new IOException(
        ("Cannot go on training at iteration %d: %s; try a lower train.learning-rate, a"
                + " train.warm-up or a train.clip-norm, in a new output folder")
            .formatted(iteration, reason.getMessage()),
        reason);
  }

  private BatchResult step(Batch batch, long iteration) throws IOException {
    try {
      double rate = settings.schedule().at(iteration);
      return network.step(batch.crops(), batch.labels(), rate);
    } catch (ArithmeticException e) {
      throw diverged(iteration, e);
    }
  }

  private Metrics metrics(long iteration, Interval interval) {
    return new Metrics(
        iteration,
        (double) iteration * settings.batchSize() / plan.training().size(),
        settings.schedule().at(iteration),
        interval.loss(),
        interval.accuracy(),
        interval.imagesPerSecond(),
        Optional.empty());
  }

  /**
   * A checkpoint ends a row too: a run that resumes there begins its next row at the same place.
   */
  private boolean isRow(long iteration) {
    return isDue(iteration, settings.metricsEvery())
        || isDue(iteration, settings.validateEvery())
        || isDue(iteration, settings.checkpointEvery());
  }

  private boolean isDue(long iteration, long every) {
    return iteration % every == 0 || iteration == settings.iterations();
  }

  private Metrics measure(Metrics soFar) throws IOException {
    boolean validates = isDue(soFar.iteration(), settings.validateEvery());
    Metrics row = validates ? soFar.with(validation()) : soFar;
    metrics.add(row);
    listener.measured(row);
    return row;
  }

  /** Over one pass of augmented images: means and variances become plain averages over batches. */
  private void averageStatistics() throws IOException {
    if (settings.network().firstTrained() == Stage.CLASSIFIER) {
      return; // all normalisation is frozen
    }
    int size = settings.batchSize();
    long first = settings.iterations() * size;
    long count = Math.max(1, plan.training().size() / size);
    try (BatchLoader batches = batches(samples, first, first + count * size, size)) {
      for (long number = 1; number <= count; number++) {
        listener.recomputing((number - 1) * size, count * size);
        network.updateStatistics(batches.next().crops(), 1.0 / number);
      }
    }
  }

  private Optional<Validation> validation() throws IOException {
    if (plan.validation().isEmpty()) {
      return Optional.empty();
    }
    Spool images = plan.validation().get();
    ValidationCounts counts = new ValidationCounts(plan.start().classes());
    try (BatchLoader batches =
        batches(plan.centreCrops(images), 0, images.size(), VALIDATION_BATCH)) {
      for (long done = 0; batches.hasNext(); done += VALIDATION_BATCH) {
        listener.validating(done, images.size());
        Batch batch = batches.next();
        counts.add(network.logits(batch.crops()), batch.labels());
      }
    }
    return Optional.of(counts.validation());
  }

  private BatchLoader batches(CropSource source, long first, long end, int size) {
    return new BatchLoader(source, first, end, size, plan.cropBytes(), decoding);
  }
}
