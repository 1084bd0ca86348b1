package io.shufflenet.spark.job;

import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.training.SpoolStatistics;
import io.shufflenet.spark.training.SpoolStatistics.Failures;
import io.shufflenet.spark.training.TrainingResult;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** What train tells a person on standard output. */
record TrainingSummary(Progress progress) {
  void tellSets(TrainingSets sets, TrainJobSettings settings) {
    progress.print("Training set:    " + sets.training().describe());
    if (settings.input().limit() > 0) {
      progress.print(
          String.format(
              Locale.ROOT,
              "  a sample of at most %,d of its images (input.limit), seed %d",
              settings.input().limit(),
              settings.input().seed()));
    }
    sets.validation().ifPresent(set -> progress.print("Validation set:  " + set.describe()));
    sets.labels().note().ifPresent(progress::print);
  }

  void tellNetwork(StartingPoint start, ComputeDevice device, Path output) {
    int size = start.description().preprocessing().cropSize();
    progress.print(
        "Network:         %s for %s classes, images of %s x %s, on %s"
            .formatted(
                start.weights().architecture().name(),
                start.weights().classes(),
                size,
                size,
                device));
    progress.print("Starting from:   " + start.note());
    progress.print("Results:         " + output);
  }

  void tellImages(TrainingImages images) {
    tell("Training images:  ", images.training().statistics());
    images.validation().ifPresent(set -> tell("Validation images:", set.statistics()));
  }

  private void tell(String set, SpoolStatistics statistics) {
    progress.print(
        String.format(
            Locale.ROOT,
            "%s %,d, left out %,d unreadable and %,d without a label",
            set,
            statistics.spooled(),
            statistics.failed(),
            statistics.unlabelled()));
    for (Failures failures : statistics.failures()) {
      progress.print(
          String.format(
              Locale.ROOT,
              "  %s: %,d, for example %s",
              failures.kind(),
              failures.images(),
              failures.examples().get(0)));
    }
  }

  void tellIteration(long iteration) {
    progress.print(String.format(Locale.ROOT, "Going on from iteration %,d", iteration));
  }

  void tellResult(TrainingResult result, Path model) {
    progress.print("");
    result
        .running()
        .map(TrainingProgress::text)
        .ifPresent(text -> progress.print("Last checkpoint: " + text));
    result
        .averaged()
        .map(TrainingProgress::text)
        .ifPresent(text -> progress.print("Averaged statistics (the model): " + text));
    progress.print("Model: " + model);
  }
}
