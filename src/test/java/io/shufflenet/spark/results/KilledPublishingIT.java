package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.ShortLived;
import io.shufflenet.spark.results.KilledFileSystem.Renaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As {@link SwapIT}, with processes that really end, after every third change. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledPublishingIT {
  private static final int KILLED = 9;
  private static final int CHANGES = 3;

  @TempDir private Path parent;
  private final Configuration hadoop = KilledFileSystem.configuration(Renaming.AT_ONCE);

  @Test
  void aProcessThatEndsWhileItPublishesLeavesTheOldResultOrTheNewOne() throws Exception {
    List<Map<String, String>> found = new ArrayList<>();
    int exitCode = KILLED;
    while (exitCode == KILLED) {
      Path output = parent.resolve("out-" + found.size());
      Results.publishOld(hadoop, output);
      exitCode = publishUntilKilled(output, CHANGES * found.size());
      assertThatThrownBy(() -> Results.open(hadoop, output, "next", OutputMode.ERROR))
          .isInstanceOf(IllegalArgumentException.class);
      found.add(Results.visible(output));
    }

    assertThat(exitCode).as(said()).isZero();
    Map<String, String> old = found.get(0);
    Map<String, String> fresh = found.get(found.size() - 1);
    assertThat(old).containsKey("report/1/1").containsEntry("predictions/2", "old");
    assertThat(fresh).doesNotContainKey("report/1/1").containsEntry("predictions/2", "new");
    assertThat(found).hasSizeGreaterThan(8).isSubsetOf(old, fresh);
  }

  private int publishUntilKilled(Path output, int changes) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Publisher.class.getName(),
                output.toString(),
                Integer.toString(changes))
            .directory(parent.toFile())
            .redirectErrorStream(true)
            .redirectOutput(parent.resolve("said.txt").toFile());
    process.environment().putAll(ShortLived.environment());
    return process.start().waitFor();
  }

  private String said() throws IOException {
    return Files.readString(parent.resolve("said.txt"));
  }

  /** Replaces the result in a folder, and ends after so many changes of the file system. */
  static final class Publisher {
    private Publisher() {}

    public static void main(String[] arguments) throws IOException {
      Configuration hadoop = KilledFileSystem.configuration(Renaming.AT_ONCE);
      RunFolder folder = Results.buildNew(hadoop, Path.of(arguments[0]));
      KilledFileSystem.dieAfter(
          Integer.parseInt(arguments[1]), () -> Runtime.getRuntime().halt(KILLED));
      Results.publishNew(folder);
    }
  }
}
