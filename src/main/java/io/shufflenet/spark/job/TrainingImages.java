package io.shufflenet.spark.job;

import io.shufflenet.spark.training.Spool;
import io.shufflenet.spark.training.SpoolStatistics;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The local copies of a training run's images.
 *
 * @param validation none where there is no validation set
 */
record TrainingImages(Spool training, Optional<Spool> validation) implements Closeable {
  private Stream<Spool> all() {
    return Stream.concat(Stream.of(training), validation.stream());
  }

  List<String> fingerprints() {
    return all().map(Spool::fingerprint).toList();
  }

  /** Images that were read, or tried to. */
  long images() {
    return failed() + all().mapToLong(Spool::size).sum();
  }

  long failed() {
    return all().map(Spool::statistics).mapToLong(SpoolStatistics::failed).sum();
  }

  /** Removes the copies. */
  void delete() throws IOException {
    training.delete();
    if (validation.isPresent()) {
      validation.get().delete();
    }
  }

  /** Leaves the copies for a run that goes on. */
  @Override
  public void close() throws IOException {
    training.close();
    if (validation.isPresent()) {
      validation.get().close();
    }
  }
}
