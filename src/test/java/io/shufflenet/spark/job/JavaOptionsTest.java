package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/**
 * The build's property {@code spark.java.options}, with which this JVM was started too, holds what
 * Spark asks for.
 */
final class JavaOptionsTest {
  @Test
  void theBuildKnowsEveryOptionThatSparkNeeds() {
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .contains(JavaModuleOptions.defaultModuleOptions().split(" "));
  }
}
