package io.shufflenet.spark.results;

/**
 * Where a set of predictions comes from, in the words of {@code run.json} and {@code report.json}.
 * What is not known of another tool's predictions is null.
 *
 * @param runId the run's own name, unique per run
 * @param startedAt ISO 8601, UTC
 * @param input what was read: a full path, or a catalog table's name
 * @param model the checkpoint's full path
 * @param modelSha256 hexadecimal digest of the checkpoint file
 * @param architecture for example {@code shufflenetv1-1.0x-g3}
 * @param classes number of classes that the model tells apart
 * @param scoredClasses how many of them a prediction can be: fewer where the run was limited to
 *     some
 * @param temperature what the logits were divided by before the softmax
 * @param preprocessing name of the preset
 * @param inputSize side in pixels of the square that the model sees
 * @param orientation what was done with EXIF orientation: {@code ignore} or {@code apply}
 * @param precision what computed the forward passes, and in which precision: for example {@code
 *     onednn fp32}, {@code torchscript} for a module of the user's own; several where executors
 *     differ
 * @param projectVersion version of this project
 * @param sparkVersion version of Apache Spark
 */
public record Provenance(
    String runId,
    String startedAt,
    String input,
    String model,
    String modelSha256,
    String architecture,
    int classes,
    int scoredClasses,
    Double temperature,
    String preprocessing,
    Integer inputSize,
    String orientation,
    String precision,
    String projectVersion,
    String sparkVersion) {
  /** An older run's {@code run.json} tells neither: all classes were scored, at temperature 1. */
  public Provenance {
    scoredClasses = scoredClasses == 0 ? classes : scoredClasses;
    temperature = temperature == null && modelSha256 != null ? (Double) 1.0 : temperature;
  }

  /**
   * Of predictions that another tool made: nothing is known but what reads them.
   *
   * @param runId of the reader
   * @param startedAt of the reader
   */
  public static Provenance ofForeign(
      String runId, String startedAt, int classes, String projectVersion, String sparkVersion) {
    return new Provenance(
        runId,
        startedAt,
        null,
        null,
        null,
        null,
        classes,
        classes,
        null,
        null,
        null,
        null,
        null,
        projectVersion,
        sparkVersion);
  }
}
