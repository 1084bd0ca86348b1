package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.checkpoint.CheckpointWriter;
import io.shufflenet.spark.demo.DemoImages;
import io.shufflenet.spark.demo.DemoImages.Split;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jobs/demo.sh} runs. */
final class DemoIT {
  private static final int IMAGES = 358;

  /** Top-1 of the README's demo. */
  private static final double ACCURACY = 0.9246;

  /** Another JDK may draw a line, another CPU round a sum, a little differently: three images. */
  private static final double TOLERANCE = 3.01 / IMAGES;

  @TempDir private static Path folder;

  @BeforeAll
  static void render() {
    LocalSpark.session();
    Said said = Workplace.say("demo", folder.toString());
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  @Test
  void theTrainedCheckpointIsAsAccurateAsTheReadmeSays() throws IOException {
    Said said = evaluate(folder.resolve("shufflenetv1-0.5x-g3.pth.tar"), "trained");

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject summary = summary("trained");
    assertThat(summary.get("evaluated").getAsInt()).isEqualTo(IMAGES);
    assertThat(summary.get("top1").getAsDouble()).isCloseTo(ACCURACY, within(TOLERANCE));
  }

  @Test
  void anUntrainedNetworkIsAtChance() throws IOException {
    Path untrained = folder.resolve("untrained.pth.tar");
    try (OutputStream out = Files.newOutputStream(untrained)) {
      Weights weights =
          Weights.initialised(new Architecture(3, "0.5x"), DemoImages.CLASSES.size(), 0);
      CheckpointWriter.write(Map.of("state_dict", weights.tensors()), out);
    }

    Said said = evaluate(untrained, "untrained");

    assertThat(said.exitCode()).as(said.err()).isZero();
    double chance = 1.0 / DemoImages.CLASSES.size();
    assertThat(summary("untrained").get("top1").getAsDouble()).isCloseTo(chance, within(0.06));
  }

  @Test
  void rendersEveryImageOfTheTestSet() {
    assertThat(folder.resolve("images").toFile().listFiles(java.io.File::isDirectory))
        .allSatisfy(
            classFolder -> assertThat(classFolder.list()).hasSize(Split.TEST.imagesPerClass()));
  }

  private Said evaluate(Path checkpoint, String output) {
    return Workplace.say(
        "evaluate",
        "--input",
        folder.resolve("images").toString(),
        "--model",
        checkpoint.toString(),
        "--output",
        folder.resolve(output).toString());
  }

  private JsonObject summary(String output) throws IOException {
    String report = Files.readString(folder.resolve(output).resolve("report/report.json"));
    return JsonParser.parseString(report).getAsJsonObject().getAsJsonObject("summary");
  }
}
