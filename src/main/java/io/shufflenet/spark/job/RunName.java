package io.shufflenet.spark.job;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * What a run is called.
 *
 * @param id when it started (UTC) and a few random digits: {@code 20261124T110800Z-4f3a}
 * @param startedAt ISO 8601, UTC
 */
record RunName(String id, String startedAt) {
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static RunName now() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    byte[] random = new byte[2];
    new SecureRandom().nextBytes(random);
    return new RunName(
        COMPACT.format(now) + "-" + HexFormat.of().formatHex(random), now.toString());
  }
}
