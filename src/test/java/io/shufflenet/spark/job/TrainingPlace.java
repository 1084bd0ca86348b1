package io.shufflenet.spark.job;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with a training set and a validation set of three colours, and the command train run on
 * them: the smallest network, images of 32 x 32, six steps.
 */
final class TrainingPlace {
  /** Images of the training set that are readable; one more is not. */
  static final int TRAINING_IMAGES = 24;

  static final int VALIDATION_IMAGES = 12;

  private static final Map<String, Color> CLASSES =
      Map.of("blue", Color.BLUE, "green", Color.GREEN, "red", Color.RED);
  private static final Map<String, String> OPTIONS =
      Map.of(
          "input.path", "--input",
          "validation.path", "--validation",
          "model.path", "--model",
          "output.path", "--output",
          "input.limit", "--limit");

  private final Path folder;

  TrainingPlace(Path folder) throws IOException {
    this.folder = folder;
    LocalSpark.session();
    for (Map.Entry<String, Color> entry : CLASSES.entrySet()) {
      String name = entry.getKey();
      Color colour = entry.getValue();
      long seed = name.length();
      ColourImages.draw(training().resolve(name), colour, TRAINING_IMAGES / 3, seed);
      ColourImages.draw(validation().resolve(name), colour, VALIDATION_IMAGES / 3, 10 + seed);
    }
    Files.writeString(training().resolve("red/broken.png"), "no image");
  }

  Path training() {
    return folder.resolve("training");
  }

  Path validation() {
    return folder.resolve("validation");
  }

  /** Where the run into that output folder copies its images to. */
  Path spool(String output) {
    return folder.resolve("spools").resolve(output);
  }

  /** The output folder of that name. */
  Path output(String name) {
    return folder.resolve(name);
  }

  /** Trains into the output folder of that name, with these settings in place of the usual ones. */
  Said train(String output, Map<String, String> changes, String... flags) {
    return Workplace.say(arguments(output, changes, flags).toArray(String[]::new));
  }

  /** The command line. */
  List<String> arguments(String output, Map<String, String> changes, String... flags) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("input.path", training().toString());
    settings.put("validation.path", validation().toString());
    settings.put("output.path", output(output).toString());
    settings.put("model.architecture", "0.5x-g3");
    settings.put("image.input-size", "32");
    settings.put("max-failure-rate", "0.1");
    settings.put("train.batch-size", "8");
    settings.put("train.iterations", "6");
    settings.put("train.learning-rate", "0.05");
    settings.put("train.metrics-every", "2");
    settings.put("train.validate-every", "4");
    settings.put("train.checkpoint-every", "2");
    settings.put("train.device", "cpu");
    settings.put("train.spool", spool(output).toString());
    settings.putAll(changes);
    List<String> arguments = new ArrayList<>(List.of("train"));
    settings.forEach(
        (key, value) -> {
          if (OPTIONS.containsKey(key)) {
            arguments.addAll(List.of(OPTIONS.get(key), value));
          } else {
            arguments.addAll(List.of("--set", key + "=" + value));
          }
        });
    arguments.addAll(List.of(flags));
    return arguments;
  }

  /** The model that was trained into the output folder of that name. */
  byte[] model(String output) throws IOException {
    return Files.readAllBytes(output(output).resolve("model.pth.tar"));
  }

  /** What that run's {@code run.json} tells. */
  JsonObject record(String output) throws IOException {
    return JsonParser.parseString(Files.readString(output(output).resolve("run.json")))
        .getAsJsonObject();
  }

  /** An output folder as it is when a run was killed right after its first checkpoint. */
  void interrupt(String finished, String interrupted) throws IOException {
    for (String file :
        List.of(
            "training.json",
            "checkpoints/checkpoint-000002.pth.tar",
            "checkpoints/checkpoint-000002.pth.tar.json")) {
      Path target = output(interrupted).resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(output(finished).resolve(file), target);
    }
  }

  /** Every file below a folder, relative to it, sorted; none where there is no such folder. */
  static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
