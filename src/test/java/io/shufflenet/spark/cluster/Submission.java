package io.shufflenet.spark.cluster;

import io.shufflenet.spark.ShortLived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A script of {@code target/dist/jobs} at work, started there as a user would. */
final class Submission implements AutoCloseable {
  private static final Path DIST = SparkDistribution.TARGET.resolve("dist");
  private static final long PATIENCE_MINUTES = 4;

  private final Process process;
  private final Path out;
  private final Path err;

  private Submission(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a script.
   *
   * @param home a folder for what it says
   */
  static Submission start(Path home, Path sparkHome, String script, String... arguments)
      throws IOException {
    Files.createDirectories(home);
    List<String> command = new ArrayList<>(List.of("jobs/" + script));
    command.addAll(Arrays.asList(arguments));
    Path out = home.resolve("out.txt");
    Path err = home.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(DIST.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(ShortLived.environment());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", sparkHome.toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_LOCAL_DIRS", home.resolve("local").toString(),
                "LC_ALL", "C.UTF-8"));
    return new Submission(builder.start(), out, err);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for it. */
  int exitCode() throws InterruptedException, IOException {
    return exitCodeWithin(PATIENCE_MINUTES);
  }

  int exitCodeWithin(long minutes) throws InterruptedException, IOException {
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      throw new AssertionError("Still running after " + minutes + " minutes: " + err());
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Process unused = process.destroyForcibly();
  }
}
