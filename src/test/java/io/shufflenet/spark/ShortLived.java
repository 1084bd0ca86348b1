package io.shufflenet.spark;

import java.util.List;
import java.util.Map;

/**
 * JVMs that end within seconds: the fast compiler alone and a collector of one thread take a third
 * less of the processor then.
 */
public final class ShortLived {
  public static final List<String> JAVA_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final String VARIABLE = "JAVA_TOOL_OPTIONS";

  private ShortLived() {}

  /** For a process, whose JVM and those that it starts are short-lived. */
  public static Map<String, String> environment() {
    String given = System.getenv().getOrDefault(VARIABLE, "");
    return Map.of(VARIABLE, given + " " + String.join(" ", JAVA_OPTIONS));
  }
}
