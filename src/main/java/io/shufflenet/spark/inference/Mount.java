package io.shufflenet.spark.inference;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A mounted file system.
 *
 * @param source a device, or the server and folder of a network file system
 */
record Mount(String source, Path point, List<String> options) {
  private static final int FIELDS = 4;

  /**
   * The one that a path lies on.
   *
   * @param table as {@code /proc/self/mounts} has it
   * @param path absolute, without symbolic links
   */
  static Optional<Mount> holding(List<String> table, Path path) {
    return table.stream()
        .map(line -> line.split(" "))
        .filter(fields -> fields.length >= FIELDS)
        .map(Mount::of)
        .filter(mount -> path.startsWith(mount.point))
        // Of two at one point the later one covers the earlier.
        .reduce((one, other) -> deeper().compare(other, one) >= 0 ? other : one);
  }

  private static Comparator<Mount> deeper() {
    return Comparator.comparingInt(mount -> mount.point.getNameCount());
  }

  private static Mount of(String[] fields) {
    return new Mount(
        unescaped(fields[0]), Path.of(unescaped(fields[1])), Arrays.asList(fields[3].split(",")));
  }

  private static String unescaped(String field) {
    return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  boolean allowsExecution() {
    return !options.contains("noexec");
  }

  /** Whether other hosts may see the same files. */
  boolean isOnNetwork() {
    return source.startsWith("//") || source.contains(":/");
  }
}
