package io.shufflenet.spark.job;

import io.shufflenet.spark.report.Printable;
import java.util.regex.Pattern;

/** Keeps passwords and keys out of what a run says and writes down. */
final class Redaction {
  /** A key may hold slashes; but what follows a colon may also be a port, and the path after it. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<=://)(?:[^/@\\s\"]+|[^/:@\\s\"]*:(?!\\d{1,5}/)[^@\\s\"]+)@");

  /**
   * {@code NAME=VALUE} or {@code NAME:VALUE} of a setting, an option or an address's query. In JSON
   * text a match ends within its string.
   */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:secret|password|passwd|pwd|passphrase|token|credential|signature"
              + "|(?:access|account|api|private|shared|encryption)[._-]?key)[\\w.-]*(?:\\s?=\\s?|:)"
              + "|[?&;]sig=)(?:\\\\.|[^\\s\"\\\\&,;])+");

  private Redaction() {}

  /**
   * The text without what stands before the {@code @} of an address, and without the values of what
   * is called a secret, a password, a token or a key.
   */
  static String redact(String text) {
    return NAMED.matcher(USER_INFO.matcher(text).replaceAll("***@")).replaceAll("$1***");
  }

  /** The text, redacted, as one line for a terminal. */
  static String line(String text) {
    return Printable.escaped(redact(text));
  }
}
