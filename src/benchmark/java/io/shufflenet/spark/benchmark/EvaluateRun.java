package io.shufflenet.spark.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One run of the whole {@code evaluate} job in a process of its own.
 *
 * @param imagesPerSecond of the predicting step from the first batch's end on
 * @param wholeStep images/s of the whole predicting step, the classifier's building included
 * @param firstImage seconds from the command's start until there was a prediction
 * @param startUp where those seconds went
 * @param stages where the task slots' time went while predicting
 */
record EvaluateRun(
    double imagesPerSecond, double wholeStep, double firstImage, String startUp, String stages) {
  private static final List<String> STEPS = List.of("starting", "planning", "listing", "checking");
  private static final List<String> STAGES =
      List.of("read", "decode", "preprocess", "forward", "write", "idle");

  /**
   * What is run.
   *
   * @param cores {@code N} of {@code local[N]}
   * @param pinned whether the process, all its threads included, may use the first core alone
   * @param heap of Java, as in {@code 2g}
   */
  record Job(
      Path home,
      Path images,
      Path checkpoint,
      String precision,
      int cores,
      Pinning pinned,
      String heap) {
    String name() {
      String where = pinned == Pinning.FIRST_CORE ? ", pinned to one core" : "";
      return "evaluate, " + precision + ", local[" + cores + "]" + where;
    }
  }

  /** Which of the machine's cores a process may use. */
  enum Pinning {
    FIRST_CORE,
    ANY_CORE
  }

  static EvaluateRun of(Job job, Path work) throws IOException {
    Path output = work.resolve("job-output");
    ImageSet.delete(output);
    String unused = ChildProcess.run(job.home, work.resolve("job.log"), command(job, output));
    String json = Files.readString(output.resolve("run.json"));
    return of(JsonParser.parseString(json).getAsJsonObject());
  }

  private static List<String> command(Job job, Path output) {
    List<String> command = new ArrayList<>();
    if (job.pinned == Pinning.FIRST_CORE) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    command.addAll(List.of("bash", job.home.resolve("jobs/shufflenet.sh").toString(), "evaluate"));
    command.addAll(List.of("--input", job.images.toUri().toString()));
    command.addAll(List.of("--model", job.checkpoint.toUri().toString()));
    command.addAll(List.of("--output", output.toUri().toString()));
    command.addAll(List.of("--set", "inference.precision=" + job.precision));
    command.addAll(List.of("--set", "inference.device=cpu"));
    command.addAll(List.of("--set", "max-failure-rate=1"));
    command.addAll(List.of("--master", "local[" + job.cores + "]"));
    command.addAll(List.of("--conf", "spark.driver.memory=" + job.heap));
    return command;
  }

  private static EvaluateRun of(JsonObject run) {
    JsonObject timing = run.getAsJsonObject("timing");
    JsonObject startUp = timing.getAsJsonObject("start_up");
    double images = run.get("images").getAsDouble();
    double predicting = timing.get("predicting").getAsDouble();
    double building = startUp.get("building").getAsDouble();
    double firstBatch = startUp.get("first_batch").getAsDouble();
    return new EvaluateRun(
        images / (predicting - building - firstBatch),
        images / predicting,
        startUp.get("first_image").getAsDouble(),
        startUp(timing, building, firstBatch),
        stages(timing.getAsJsonObject("stages"), timing.get("slots").getAsInt() * predicting));
  }

  private static String startUp(JsonObject timing, double building, double firstBatch) {
    StringBuilder parts = new StringBuilder();
    for (String step : STEPS) {
      parts.append(String.format(Locale.ROOT, "%s %.1f s, ", step, timing.get(step).getAsDouble()));
    }
    return parts
        + String.format(Locale.ROOT, "classifier %.1f s, first batch %.1f s", building, firstBatch);
  }

  private static String stages(JsonObject stages, double slotSeconds) {
    return STAGES.stream()
        .map(name -> name + " " + Grid.percent(stages.get(name).getAsDouble() / slotSeconds))
        .collect(Collectors.joining(", "));
  }
}
