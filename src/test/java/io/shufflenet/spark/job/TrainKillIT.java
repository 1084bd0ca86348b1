package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that trains is killed, and another one goes on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TrainKillIT {
  private static final Map<String, String> LONGER =
      Map.of("train.iterations", "18", "train.checkpoint-every", "3");

  @TempDir private static Path folder;
  private static TrainingPlace place;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    place = new TrainingPlace(folder);
    Said said = place.train("undisturbed", LONGER);
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  @Test
  void aRunThatIsKilledWhileItTrainsGoesOnToTheSameModel() throws Exception {
    Path checkpoints = place.output("killed").resolve("checkpoints");
    Path second = checkpoints.resolve("checkpoint-000006.pth.tar");
    JobProcess.killOnce(() -> Files.exists(second), start("killed"));
    assertThat(place.output("killed").resolve("model.pth.tar")).doesNotExist();
    Files.write(checkpoints.resolve(".checkpoint-000018.pth.tar.writing"), new byte[100]);

    Said said = place.train("killed", LONGER, "--resume");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(place.record("killed").get("resumed_at").getAsInt()).isBetween(6, 17);
    assertSameAsUndisturbed("killed");
  }

  @Test
  void aRunThatIsKilledWhileItCopiesTheImagesBeginsAnew() throws Exception {
    JobProcess.killOnce(() -> isCopying("early"), start("early"));
    assertThat(place.output("early")).doesNotExist();

    Said said = place.train("early", LONGER, "--resume");

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(place.record("early").get("resumed_at").getAsInt()).isZero();
    assertSameAsUndisturbed("early");
    assertThat(place.spool("early")).isEmptyDirectory();
  }

  private static boolean isCopying(String output) throws IOException {
    if (!Files.exists(place.spool(output))) {
      return false;
    }
    try (DirectoryStream<Path> copies =
        Files.newDirectoryStream(place.spool(output), "*-training")) {
      for (Path copy : copies) {
        return Files.exists(copy.resolve("spool.images"));
      }
      return false;
    }
  }

  private static void assertSameAsUndisturbed(String output) throws IOException {
    assertThat(place.model(output)).isEqualTo(place.model("undisturbed"));
    assertThat(place.record(output).get("averaged_statistics"))
        .isEqualTo(place.record("undisturbed").get("averaged_statistics"));
  }

  /** The command in a JVM of its own. */
  private static Process start(String output) throws IOException {
    return JobProcess.startShortLived(
        folder.resolve(output + "-process"),
        Main.class,
        List.of("-Xmx1g"),
        place.arguments(output, LONGER));
  }
}
