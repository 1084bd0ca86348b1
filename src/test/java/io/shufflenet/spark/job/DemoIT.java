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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
  private static Said trained;

  @BeforeAll
  static void renderAndEvaluate() {
    LocalSpark.session();
    Said said = Workplace.say("demo", folder.toString());
    assertThat(said.exitCode()).as(said.err()).isZero();
    trained = evaluate(checkpoint(), "trained", "--set", "output.scores=true");
  }

  private static Path checkpoint() {
    return folder.resolve("shufflenetv1-0.5x-g3.pth.tar");
  }

  @Test
  void theTrainedCheckpointIsAsAccurateAsTheReadmeSays() throws IOException {
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonObject summary = summary("trained");
    assertThat(summary.get("evaluated").getAsInt()).isEqualTo(IMAGES);
    assertThat(summary.get("top1").getAsDouble()).isCloseTo(ACCURACY, within(TOLERANCE));
  }

  @Test
  void aFittedTemperatureGivesTheLikelihoodThatReportAnnounced() throws IOException {
    Said said = fitTemperature("trained");
    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject fit = temperature("trained");
    double temperature = fit.get("temperature").getAsDouble();
    assertThat(said.out()).contains("  to apply it: inference.temperature = " + temperature);
    assertThat(fit.get("nll_after").getAsDouble()).isLessThan(fit.get("nll_before").getAsDouble());

    evaluate(checkpoint(), "scaled", "--set", "inference.temperature=" + temperature);

    Dataset<Row> heldOut = predictions("scaled").where("substring(md5(relative_path), 1, 1) > '7'");
    assertThat(heldOut.where("label_nll is not null").count())
        .isEqualTo(fit.get("held_out").getAsLong());
    assertThat(heldOut.selectExpr("avg(label_nll)").first().getDouble(0))
        .isCloseTo(fit.get("nll_after").getAsDouble(), within(1e-6));
    assertThat(predictedIndices("scaled")).isEqualTo(predictedIndices("trained"));
    Said withoutScores = fitTemperature("scaled");
    assertThat(withoutScores.exitCode()).isEqualTo(2);
    assertThat(withoutScores.err())
        .contains("the predictions have no column scores; make them with output.scores = true");
  }

  private static Said fitTemperature(String run) {
    return Workplace.say(
        "report",
        "--predictions",
        folder.resolve(run).toString(),
        "--output",
        folder.resolve(run + "-report").toString(),
        "--fit-temperature");
  }

  private static JsonObject temperature(String run) throws IOException {
    String report = Files.readString(folder.resolve(run + "-report").resolve("report.json"));
    return JsonParser.parseString(report)
        .getAsJsonObject()
        .getAsJsonArray("temperature")
        .get(0)
        .getAsJsonObject();
  }

  private static Dataset<Row> predictions(String output) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(output).resolve("predictions").toString());
  }

  private static List<Row> predictedIndices(String output) {
    return predictions(output)
        .select("relative_path", "predicted_index")
        .sort("relative_path")
        .collectAsList();
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

  private static Said evaluate(Path checkpoint, String output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--input",
                folder.resolve("images").toString(),
                "--model",
                checkpoint.toString(),
                "--output",
                folder.resolve(output).toString()));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private JsonObject summary(String output) throws IOException {
    String report = Files.readString(folder.resolve(output).resolve("report/report.json"));
    return JsonParser.parseString(report).getAsJsonObject().getAsJsonObject("summary");
  }
}
