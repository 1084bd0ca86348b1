package io.shufflenet.spark.job;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.apache.spark.SparkContext;
import org.slf4j.MDC;

/**
 * What a run is called.
 *
 * @param id when it started (UTC) and a few random digits: {@code 20261124T110800Z-4f3a}
 * @param startedAt ISO 8601, UTC
 */
record RunName(String id, String startedAt) {
  /** The name of the run in a log pattern; Spark gives properties of this prefix to its tasks. */
  static final String LOG_KEY = "mdc.run";

  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static RunName now() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    byte[] random = new byte[2];
    new SecureRandom().nextBytes(random);
    return new RunName(
        COMPACT.format(now) + "-" + HexFormat.of().formatHex(random), now.toString());
  }

  /** From now on the log lines of this thread, and of those that it starts, tell the run. */
  void markLogs() {
    MDC.put(LOG_KEY, id);
  }

  /**
   * Spark's jobs of this thread, and of those that it starts, now belong to this step of the run:
   * on Spark's web page, and in the log lines of their tasks.
   */
  void markJobs(SparkContext spark, String step) {
    spark.setLocalProperty(LOG_KEY, id);
    spark.setJobGroup(id, step, false);
  }
}
