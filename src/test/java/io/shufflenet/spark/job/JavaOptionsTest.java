package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Spark needs of Java is known wherever a JVM is started that Spark does not tell. Later
 * versions set more, without which they run as well.
 */
final class JavaOptionsTest {
  /** Its property {@code spark.java.options}, with which this JVM was started too. */
  @Test
  void theBuildKnowsEveryOptionThatSparkNeeds() {
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(needed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-cluster.conf", "spark-gpu.conf"})
  void aDriverThatAClusterStartsIsGivenEveryOptionToo(String file) throws IOException {
    Properties settings = new Properties();
    try (Reader text = Files.newBufferedReader(Path.of("..", "conf", file))) {
      settings.load(text);
    }

    assertThat(settings.getProperty("spark.driver.extraJavaOptions").split(" "))
        .containsAll(needed());
  }

  private static List<String> needed() {
    return Stream.of(JavaModuleOptions.defaultModuleOptions().split(" "))
        .filter(option -> option.startsWith("--add-opens="))
        .toList();
  }
}
