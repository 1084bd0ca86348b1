package io.shufflenet.spark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Another program, run to its end. */
final class ChildProcess {
  private static final int LINES_OF_LOG = 15;

  private ChildProcess() {}

  /**
   * Runs it with both outputs in a file.
   *
   * @return what it said
   * @throws IllegalStateException if it cannot be started or fails; the message has its last lines
   */
  static String run(Path folder, Path log, List<String> command) throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("CLASSPATH"); // this JVM's own
    int exitCode = exitCode(builder.start());
    String said = Files.readString(log);
    if (exitCode != 0) {
      List<String> lines = said.lines().toList();
      throw new IllegalStateException(
          "Cannot measure %s: it ended with exit code %d; the last lines of %s:%n%s"
              .formatted(
                  String.join(" ", command),
                  exitCode,
                  log,
                  String.join(
                      System.lineSeparator(),
                      lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()))));
    }
    return said;
  }

  private static int exitCode(Process process) {
    Thread killer = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot measure: interrupted", e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  /** Whether a program can be started and ends well. */
  static boolean works(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return exitCode(process) == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
