package io.shufflenet.spark.cluster;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A folder with a Spark distribution, an image set, and the results of jobs that predict it with
 * the golden checkpoint.
 *
 * @param folder a new one
 */
record Place(Path folder, Path images, Path sparkHome) {
  static Place in(Path folder, Path images) throws IOException {
    return new Place(folder, images, SparkDistribution.in(folder.resolve("spark")));
  }

  /** The setting with which executors find the libraries that this host has unpacked already. */
  static String unpackedLibraries() {
    String ofThisUser = Path.of(System.getProperty("user.home"), ".djl.ai").toString();
    return "spark.executorEnv.DJL_CACHE_DIR="
        + System.getenv().getOrDefault("DJL_CACHE_DIR", ofThisUser);
  }

  /** Starts a script on a master, its results in the folder {@code name}. */
  Submission submit(String name, String script, String master, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--master",
                master,
                "--conf",
                "spark.ui.enabled=false",
                "--model",
                GoldenFiles.CHECKPOINT.toString(),
                "--input",
                images.toString(),
                "--output",
                output(name).toString(),
                "--set",
                "output.scores=true",
                "--set",
                "max-failure-rate=1"));
    arguments.addAll(Arrays.asList(more));
    return Submission.start(
        folder.resolve(name + "-submission"), sparkHome, script, arguments.toArray(String[]::new));
  }

  Path output(String name) {
    return folder.resolve(name);
  }

  JsonObject record(String name) throws IOException {
    return JsonParser.parseString(Files.readString(output(name).resolve("run.json")))
        .getAsJsonObject();
  }

  /** What was predicted for each image, to the last bit, in the order of their names. */
  List<String> predictions(String name) {
    return LocalSpark.session()
        .read()
        .parquet(output(name).resolve("predictions").toString())
        .select("relative_path", "predicted", "scores", "error")
        .sort("relative_path")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
