package io.shufflenet.spark.results;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What {@code run.json} tells of a command that measures predictions which are there already:
 * {@code report} or {@code compare}. It is the last file that the command writes.
 *
 * @param startedAt ISO 8601, UTC
 * @param finishedAt ISO 8601, UTC
 * @param predictions what was measured: full paths, or catalog tables' names
 * @param gates what the result had to reach; empty where nothing was asked
 * @param exitCode how the command ended
 * @param reasons why, where the exit code is not 0
 * @param configuration every setting with its value, passwords in addresses left out
 */
public record ReportRecord(
    String command,
    String runId,
    String startedAt,
    String finishedAt,
    List<String> predictions,
    List<GateResult> gates,
    int exitCode,
    List<String> reasons,
    String projectVersion,
    String sparkVersion,
    JsonObject configuration) {

  /** The record as indented JSON. */
  public String json() {
    return RunRecord.JSON.toJson(this) + "\n";
  }
}
