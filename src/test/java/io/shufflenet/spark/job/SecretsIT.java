package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input, model and output on a file system whose addresses carry a password. */
final class SecretsIT {
  private static final String SECRET = "pa55word";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.hadoop.fs.vault.impl",
          VaultFileSystem.class.getName(),
          "spark.hadoop.fs.s3a.secret.key",
          SECRET);

  @TempDir private Path folder;
  private Workplace work;

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
    LocalSpark.session().stop();
    SETTINGS.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    SETTINGS.keySet().forEach(System::clearProperty);
  }

  private Said evaluate() {
    return work.run(
        "evaluate",
        "--input",
        vault(work.images()),
        "--model",
        vault(GoldenFiles.CHECKPOINT),
        "--output",
        vault(work.output()),
        "--set",
        "max-failure-rate=1");
  }

  private static String vault(Path path) {
    return "vault://me:" + SECRET + "@host" + path;
  }

  @Test
  void aRunWritesNoPasswordDown() throws IOException {
    Said said = evaluate();

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.err()).doesNotContain(SECRET);
    for (String file : new String[] {"run.json", "report/report.json"}) {
      assertThat(work.output().resolve(file))
          .content()
          .doesNotContain(SECRET)
          .contains("vault://***@host" + work.images());
    }
  }

  @Test
  void aRunThatFailsTellsNoPassword() throws IOException {
    Files.write(work.images().resolve("class-0/denied-1.jpg"), new byte[1]);

    Said said = evaluate();

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.err())
        .contains("Cannot read vault://***@host" + work.images() + "/class-0/denied-1.jpg")
        .contains("access denied")
        .doesNotContain(SECRET);
    assertThat(said.out()).doesNotContain(SECRET);
  }

  @Test
  void anInputThatIsNotThereIsToldWithoutThePassword() {
    Said said = work.run("predict", "--input", vault(folder.resolve("nowhere")));

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("Cannot read input.path = vault://***@host" + folder + "/nowhere")
        .doesNotContain(SECRET);
  }
}
