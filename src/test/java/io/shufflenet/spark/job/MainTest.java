package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.job.Workplace.Said;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command line says when it is given something wrong. */
final class MainTest {
  private static final String SECRET = "wJalrXUt/nFEMI";

  @TempDir private Path folder;

  static List<List<String>> mistakesWithSecrets() {
    return List.of(
        List.of("predict", "--fs.s3a.secret.key=" + SECRET),
        List.of("predict", "fs.s3a.secret.key=" + SECRET),
        List.of("predict", "--set", "spark.hadoop.fs.s3a.secret.key=" + SECRET),
        List.of("predict", "--set", "spark.hadoop.fs.s3a.secret.key:" + SECRET),
        List.of("predict", "--conf", "fs.s3a.secret.key=" + SECRET),
        List.of("predict", "--conf", "s3a://AKIA:" + SECRET + "@bucket/job.conf"),
        List.of(
            "predict", "--input", "a", "--output", "b", "--model", "s3a://AKIA:" + SECRET + "@b/m"),
        List.of("predict", "--input", "a", "--output", "b", "--model", "/none?password=" + SECRET),
        List.of("predict", "--limit", "password=" + SECRET),
        List.of("inspect", "nowhere://me:" + SECRET + "@host/m"),
        List.of("inspect", "a", "b?sig=" + SECRET));
  }

  @ParameterizedTest
  @MethodSource("mistakesWithSecrets")
  void mistakesAreToldWithoutSecrets(List<String> arguments) {
    Said said = Workplace.say(arguments.toArray(String[]::new));

    assertThat(said.exitCode()).isEqualTo(Main.USAGE);
    assertThat(said.err()).startsWith("Error: ");
    assertThat(said.out() + said.err()).doesNotContain(SECRET, "FEMI");
  }

  @Test
  void controlCharactersOfAPathAreNotPrinted() {
    Said said = Workplace.say("inspect", folder + "/a\nError: b\u001b[2J");

    assertThat(said.err())
        .isEqualTo(
            "Error: Cannot read checkpoint file:%s/a\\nError: b\\u001b[2J: there is no such file%n",
            folder);
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsNotAFileOfArguments() {
    Said said = Workplace.say("inspect", "@nowhere");

    assertThat(said.err()).contains("@nowhere: there is no such file");
  }

  @Test
  void aFileSystemWhoseJarsAreMissingIsToldWithWhereToReadOfThem() {
    String key = "spark.hadoop.fs.absent.impl";
    System.setProperty(key, "com.example.AbsentFileSystem");
    try {
      Said said = Workplace.say("inspect", "absent://bucket/model");

      assertThat(said.exitCode()).isEqualTo(Main.USAGE);
      assertThat(said.err())
          .contains("Cannot use model.path = absent://bucket/model: ")
          .contains("com.example.AbsentFileSystem not found. Spark lacks the jars of");
    } finally {
      System.clearProperty(key);
    }
  }

  @Test
  void anUnknownOptionIsToldWithTheUsage() {
    Said said = Workplace.say("predict", "--inputs", "a");

    assertThat(said.exitCode()).isEqualTo(Main.USAGE);
    assertThat(said.err())
        .contains("Error: Unknown option")
        .contains("--inputs")
        .contains("--input");
  }
}
