package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: a checkpoint from a labelled set. */
@Command(
    name = "train",
    description = "Trains a network on a labelled set, on the driver's machine.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;
  @Mixin private InputOptions input;

  @Option(names = "--validation", paramLabel = "PATH", description = "Validation set.")
  private String validation;

  @Option(names = "--model", paramLabel = "FILE", description = "Checkpoint to start from.")
  private String model;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = "A new folder for checkpoints and metrics.")
  private String output;

  @Option(
      names = "--resume",
      description = "Go on with the unfinished run in the output folder, if there is one.")
  private boolean resume;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    Existing existing = resume ? Existing.RESUME : Existing.REFUSE;
    return new TrainingJob(settings(hadoop), existing, hadoop).run();
  }

  private TrainJobSettings settings(Configuration hadoop) throws IOException {
    return TrainJobSettings.of(
        input
            .over(settings)
            .with("validation.path", validation)
            .with("model.path", model)
            .with("output.path", output)
            .read(SettingsFile.TRAINING, hadoop));
  }

  /** What becomes of an unfinished run. */
  enum Existing {
    REFUSE,
    RESUME
  }
}
