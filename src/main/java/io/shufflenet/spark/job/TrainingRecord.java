package io.shufflenet.spark.job;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.shufflenet.spark.training.SpoolStatistics;
import io.shufflenet.spark.training.Validation;
import java.util.List;

/**
 * What {@code run.json} of a training run tells.
 *
 * @param finishedAt ISO 8601, UTC
 * @param resumedAt the iteration that this run went on from; 0 for a run from the start
 * @param startSha256 of the checkpoint started from, or of untrained weights
 * @param device {@code cpu}, or for example {@code gpu:0}
 * @param images of training and validation set: what was read, what was left out and why
 * @param runningStatistics how the last checkpoint does on the validation set; null without one
 * @param averagedStatistics how the model does
 * @param exitCode how the command ended
 * @param configuration every setting with its value
 */
record TrainingRecord(
    String command,
    String runId,
    String startedAt,
    String finishedAt,
    long resumedAt,
    String startedFrom,
    String startSha256,
    String architecture,
    int classes,
    int inputSize,
    String device,
    String projectVersion,
    String sparkVersion,
    List<SpoolStatistics> images,
    Validation runningStatistics,
    Validation averagedStatistics,
    int exitCode,
    JsonObject configuration) {
  private static final Gson JSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .create();

  String json() {
    return JSON.toJson(this) + "\n";
  }
}
