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
 * @param mode what the run did with what stood in its folder: {@code error}, {@code overwrite} or
 *     {@code resume}
 * @param kept rows that earlier runs made
 * @param predicted rows that this run made
 * @param classifiers one for each executor and device
 * @param gpus what Spark assigned to the tasks; empty where it assigned none
 * @param gates what the result had to reach; empty where nothing was asked
 * @param exitCode how the command ended
 * @param reasons why, where the exit code is not 0
 * @param course what decided the rows: a run that resumes this one must be the same in it
 * @param configuration every setting with its value, passwords in addresses left out
 */
public record RunRecord(
    String command,
    Provenance provenance,
    String finishedAt,
    long images,
    long failed,
    String mode,
    long kept,
    long predicted,
    Timing timing,
    List<ClassifierUse> classifiers,
    List<AssignedGpu> gpus,
    List<GateResult> gates,
    int exitCode,
    List<String> reasons,
    JsonObject course,
    JsonObject configuration) {
  static final Gson JSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .create();

  /**
   * Where the time went, in seconds. Starting to reporting are times of the clock and add up to the
   * run.
   *
   * @param starting reading the checkpoint, and Spark's start
   * @param planning looking at the input and its labels
   * @param checking the check image's logits on the driver, and handing out the weights
   * @param slots tasks that run at once; each is a core where {@code spark.task.cpus} is 1
   * @param imagesPerSecond images over the time of the predicting step
   * @param bottleneck {@code start-up} or a stage: what to change first
   * @param advice how
   */
  public record Timing(
      double starting,
      double planning,
      double listing,
      double checking,
      double predicting,
      double publishing,
      double reporting,
      StartUp startUp,
      Stages stages,
      int slots,
      double imagesPerSecond,
      double imagesPerSecondAndCore,
      String bottleneck,
      String advice) {}

  /**
   * How long it took until there were predictions, in seconds.
   *
   * @param firstImage from the command's start, with the steps before predicting, to the first
   *     batch's end on its host's clock
   * @param building the classifier that predicted it
   * @param firstBatch what else the predicting step did before: Spark's planning, executors that
   *     were still starting, reading, decoding and predicting the batch
   */
  public record StartUp(double firstImage, double building, double firstBatch) {}

  /**
   * Where the time of the task slots went while predicting, in seconds summed over tasks.
   *
   * @param list the listing step's, of the clock
   * @param decode from bytes to pixels
   * @param preprocess from pixels to the network's input
   * @param forward the devices' time; on a GPU it is no part of the tasks'
   * @param write the rest of the tasks' time: Spark's part, staging above all
   * @param idle time of slots without a task, and of tasks that waited for a GPU
   */
  public record Stages(
      double list,
      double read,
      double decode,
      double preprocess,
      double forward,
      double write,
      double idle) {}

  /**
   * A classifier that was built on an executor.
   *
   * @param device {@code cpu}, or for example {@code gpu:0}
   * @param backend what computes, and in which precision: for example {@code onednn fp32}
   * @param batchSize images that it computes at once, to start with
   * @param seconds what building took
   */
  public record LoadedClassifier(
      String executor, String host, String device, String backend, int batchSize, double seconds)
      implements Serializable {}

  /**
   * A GPU that Spark assigned to tasks of an executor. Of several that it assigned to one task the
   * first: that is what the task uses.
   *
   * @param address as the discovery script printed it
   * @param uuid of the physical GPU or the part of one; null where {@code nvidia-smi} does not tell
   * @param device what those tasks computed on: {@code gpu:0}, or {@code cpu} where the settings
   *     say so
   */
  public record AssignedGpu(
      String executor, String host, String address, String uuid, String device)
      implements Serializable {}

  /**
   * A classifier and what it did. A task that Spark ran twice may count twice.
   *
   * @param device {@code cpu}, or for example {@code gpu:0}
   * @param backend what computed, and in which precision: for example {@code onednn fp32}
   * @param batchSize images that it computed at once, in the end
   * @param halved how often the device's memory did not suffice and the batch was halved
   * @param seconds what building took
   * @param images those it gave a prediction for
   * @param forward seconds of its forward passes, on a CPU summed over tasks
   * @param imagesPerSecond images over {@code forward}: a GPU's rate, or one core's
   * @param busy {@code forward} over the predicting step's time: how much of it a GPU was in use,
   *     or how many cores of a CPU were on average
   */
  public record ClassifierUse(
      String executor,
      String host,
      String device,
      String backend,
      int batchSize,
      int halved,
      double seconds,
      long images,
      double forward,
      double imagesPerSecond,
      double busy) {}

  /** The record as indented JSON. */
  public String json() {
    return JSON.toJson(this) + "\n";
  }
}
