package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.training.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies the images of a training run to the local disk. The folders' names follow from the run's
 * output folder, so that a run that goes on finds what it had copied.
 *
 * @param output fully qualified
 * @param earlier whether copies of an interrupted run may serve
 */
record TrainingSpools(
    String output,
    TrainJobSettings settings,
    ImageReader reader,
    ImageDecoder decoder,
    boolean earlier,
    Progress progress) {

  TrainingImages copy(TrainingSets sets) throws IOException {
    Spool training = copy("training", sets.training(), sets.labels());
    try {
      Optional<Spool> validation = Optional.empty();
      if (sets.validation().isPresent()) {
        validation =
            Optional.of(copy("validation", sets.validation().get(), sets.validationLabels().get()));
      }
      return new TrainingImages(training, validation);
    } catch (IOException | RuntimeException | Error e) {
      giveUp(training, e);
      throw e;
    }
  }

  /** Only a run that goes on would find the copy again. */
  private void giveUp(Spool copied, Throwable failure) {
    try {
      if (earlier) {
        copied.close();
      } else {
        copied.delete();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Spool copy(String set, ImageInput input, Labels labels) throws IOException {
    Path place = place(set);
    String identity = Redaction.redact(settings.course()) + labels.names();
    if (earlier) {
      Optional<Spool> found = Spool.open(place, identity);
      if (found.isPresent()) {
        return found.get();
      }
    }
    AtomicLong images = new AtomicLong();
    progress.step(
        () ->
            String.format(
                Locale.ROOT, "copying the %s set to %s: %,d images", set, place, images.get()));
    return Spool.fill(place, identity, labels.index(input.rows()), reader, decoder, images::set);
  }

  private Path place(String set) {
    UUID run = UUID.nameUUIDFromBytes(output.getBytes(StandardCharsets.UTF_8));
    return settings
        .spool()
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
        .resolve("shufflenet-spool-%s-%s".formatted(run, set));
  }
}
