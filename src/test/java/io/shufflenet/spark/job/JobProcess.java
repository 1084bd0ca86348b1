package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.ShortLived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** Commands in JVMs of their own, on {@code local[2]}. */
final class JobProcess {
  private static final int KILLED = 128 + 9;

  private JobProcess() {}

  /**
   * Starts a main class; what it says goes to {@link #said}.
   *
   * @param home an own folder for it
   */
  static Process start(Path home, Class<?> main, List<String> javaOptions, List<String> arguments)
      throws IOException {
    return process(home, main, javaOptions, arguments).start();
  }

  /** The same for a command that ends soon. */
  static Process startShortLived(
      Path home, Class<?> main, List<String> javaOptions, List<String> arguments)
      throws IOException {
    ProcessBuilder process = process(home, main, javaOptions, arguments);
    process.environment().putAll(ShortLived.environment());
    return process.start();
  }

  private static ProcessBuilder process(
      Path home, Class<?> main, List<String> javaOptions, List<String> arguments)
      throws IOException {
    Files.createDirectories(home);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + home,
            "-Dspark.master=local[2]",
            "-Dspark.app.name=child",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.driver.host=127.0.0.1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said(home).toFile());
  }

  /** Kills as {@code kill -9} does: no shutdown hook runs, no stream is closed. */
  static void killOnce(Callable<Boolean> isTime, Process process) throws Exception {
    try {
      while (!isTime.call()) {
        assertThat(process.waitFor(5, TimeUnit.MILLISECONDS)).as("ended by itself").isFalse();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).isEqualTo(KILLED);
  }

  static Path said(Path home) {
    return home.resolve("said.txt");
  }
}
