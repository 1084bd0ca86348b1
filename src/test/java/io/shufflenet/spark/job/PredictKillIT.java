package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that replaces a result is killed while it predicts, and another one goes on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PredictKillIT {
  private static final int IMAGES = 120;

  /** A partition for each of the table's files, so that there are several batches. */
  private static final String ONE_FILE_A_PARTITION =
      "-Dspark.sql.files.openCostInBytes=" + (128 << 20);

  @TempDir private static Path folder;

  @BeforeAll
  static void arrange() throws IOException {
    LocalSpark.session()
        .createDataFrame(
            images(),
            new StructType()
                .add("relative_path", DataTypes.StringType)
                .add("content", DataTypes.BinaryType))
        .repartition(IMAGES)
        .write()
        .parquet(folder.resolve("images").toString());
  }

  private static List<Row> images() throws IOException {
    List<Path> files = Workplace.goldenImages();
    List<Row> rows = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      rows.add(
          RowFactory.create(
              "%03d".formatted(image), Files.readAllBytes(files.get(image % files.size()))));
    }
    return rows;
  }

  @Test
  void itLeavesTheOldResultAndGoesOnToTheSameAsUndisturbed() throws Exception {
    assertDone(predict("undisturbed"));
    assertDone(predict("killed", "--limit", "10"));
    List<String> old = rows("killed");
    killAfterTheFirstBatch();
    assertThat(rows("killed")).isEqualTo(old);

    Said refused = predict("killed", "--mode", "overwrite");
    Said resumed = predict("killed", "--mode", "resume");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--mode resume goes on with it");
    assertDone(resumed);
    assertThat(rows("killed")).isEqualTo(rows("undisturbed"));
    JsonObject record = record();
    assertThat(record.get("images").getAsInt()).isEqualTo(IMAGES);
    assertThat(record.get("kept").getAsInt()).isBetween(1, IMAGES - 1);
    assertThat(record.get("kept").getAsInt() + record.get("predicted").getAsInt())
        .isEqualTo(IMAGES);
    assertThat(output("killed").resolve(".work")).doesNotExist();
  }

  private static void killAfterTheFirstBatch() throws Exception {
    JobProcess.killOnce(
        PredictKillIT::firstBatchIsRecorded,
        JobProcess.startShortLived(
            folder.resolve("process"),
            Main.class,
            List.of("-Xmx1g", ONE_FILE_A_PARTITION),
            arguments("killed", "--mode", "overwrite")));
  }

  private static boolean firstBatchIsRecorded() throws IOException {
    Path work = output("killed").resolve(".work");
    if (!Files.exists(work)) {
      return false;
    }
    try (Stream<Path> runs = Files.list(work)) {
      return runs.map(run -> run.resolve("batches/1")).anyMatch(PredictKillIT::holdsRecord);
    }
  }

  private static boolean holdsRecord(Path batches) {
    return Stream.of("0.done", "1.done").anyMatch(name -> Files.exists(batches.resolve(name)));
  }

  private static Said predict(String output, String... options) {
    return Workplace.say(arguments(output, options).toArray(String[]::new));
  }

  private static void assertDone(Said said) {
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private static List<String> arguments(String output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                "--input",
                folder.resolve("images").toString(),
                "--model",
                GoldenFiles.CHECKPOINT.toString(),
                "--output",
                output(output).toString(),
                "--set",
                "max-failure-rate=1"));
    arguments.addAll(List.of(options));
    return arguments;
  }

  private static Path output(String name) {
    return folder.resolve(name);
  }

  private static JsonObject record() throws IOException {
    return JsonParser.parseString(Files.readString(output("killed").resolve("run.json")))
        .getAsJsonObject();
  }

  private static List<String> rows(String output) {
    return LocalSpark.session()
        .read()
        .parquet(output(output).resolve("predictions").toString())
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
