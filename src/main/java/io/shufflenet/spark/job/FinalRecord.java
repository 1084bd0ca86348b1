package io.shufflenet.spark.job;

import com.google.gson.JsonParser;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.OutputFiles;
import io.shufflenet.spark.results.ReportRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Writes {@code run.json} of report and compare, the last of their files. */
final class FinalRecord {
  private FinalRecord() {}

  /**
   * @param predictions what was measured, without passwords
   * @param settings every key with its value
   * @param folder fully qualified
   */
  static void write(
      String command,
      RunName name,
      SparkSession spark,
      List<String> predictions,
      List<GateResult> gates,
      String settings,
      Path folder)
      throws IOException {
    Outcome outcome = Outcome.of(gates);
    ReportRecord record =
        new ReportRecord(
            command,
            name.id(),
            name.startedAt(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            predictions,
            gates,
            outcome.exitCode(),
            outcome.reasons(),
            Versions.project(),
            spark.version(),
            JsonParser.parseString(Redaction.redact(settings)).getAsJsonObject());
    Path file = new Path(folder, "run.json");
    try (OutputStream out =
        OutputFiles.fileSystem(file, spark.sparkContext().hadoopConfiguration())
            .create(file, false)) {
      out.write(record.json().getBytes(StandardCharsets.UTF_8));
    }
  }
}
