package io.shufflenet.spark.results;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * What {@code run.json} tells: the last file that a run writes, and so the mark that it is
 * complete.
 *
 * @param command {@code predict} or {@code evaluate}
 * @param finishedAt ISO 8601, UTC
 * @param images rows of the predictions
 * @param failed those of them without a prediction
 * @param classifiers one for each executor and device
 * @param exitCode how the command ended
 * @param reasons why, where the exit code is not 0
 * @param configuration every setting with its value, passwords in addresses left out
 */
public record RunRecord(
    String command,
    Provenance provenance,
    String finishedAt,
    long images,
    long failed,
    Timing timing,
    List<LoadedClassifier> classifiers,
    int exitCode,
    List<String> reasons,
    JsonObject configuration) {
  private static final Gson JSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .create();

  /**
   * Where the time went, in seconds. Planning to reporting are times of the clock and add up to the
   * run; reading to writing are summed over the tasks that ran beside each other while predicting.
   *
   * @param planning from the start to the first listing: settings, checkpoint, Spark's start,
   *     labels
   * @param writing what the tasks did besides reading, decoding and predicting: Spark's part,
   *     staging above all
   * @param imagesPerSecond images over the time of the predicting step
   * @param bottleneck the largest of the tasks' steps
   */
  public record Timing(
      double planning,
      double listing,
      double predicting,
      double publishing,
      double reporting,
      double reading,
      double decoding,
      double forward,
      double writing,
      double imagesPerSecond,
      String bottleneck) {}

  /**
   * A classifier that was built on an executor.
   *
   * @param device {@code cpu}, or for example {@code gpu:0}
   * @param seconds what building took
   */
  public record LoadedClassifier(String executor, String host, String device, double seconds)
      implements Serializable {}

  /** The record as indented JSON. */
  public String json() {
    return JSON.toJson(this) + "\n";
  }
}
