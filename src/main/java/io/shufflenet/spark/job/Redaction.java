package io.shufflenet.spark.job;

import java.util.regex.Pattern;

/** Keeps passwords out of what a run writes down. */
final class Redaction {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s\"]+@");

  private Redaction() {}

  /** The text, with what stands before the {@code @} of an address replaced. */
  static String redact(String text) {
    return USER_INFO.matcher(text).replaceAll("***@");
  }
}
