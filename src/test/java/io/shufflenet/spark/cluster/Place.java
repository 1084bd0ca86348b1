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
 * @param input the image set's name for jobs
 * @param outputs the folder's name for jobs
 */
record Place(Path folder, String input, String outputs, Path sparkHome) {
  static Place in(Path folder, Path images) throws IOException {
    Path sparkHome = SparkDistribution.in(folder.resolve("spark"));
    return new Place(folder, images.toString(), folder.toString(), sparkHome);
  }

  /** The same place, whose images jobs read through another file system. */
  Place readingThrough(String scheme) {
    return new Place(folder, scheme + "://" + input, outputs, sparkHome);
  }

  /** The same place, whose results jobs write through another file system. */
  Place writingThrough(String scheme) {
    return new Place(folder, input, scheme + "://" + outputs, sparkHome);
  }

  /** The setting with which executors find the libraries that this host has unpacked already. */
  static String unpackedLibraries() {
    String ofThisUser = Path.of(System.getProperty("user.home"), ".djl.ai").toString();
    return "spark.executorEnv.DJL_CACHE_DIR="
        + System.getenv().getOrDefault("DJL_CACHE_DIR", ofThisUser);
  }

  /**
   * The same for OpenCV. Two executors of one host must not unpack it at once: a job on this
   * machine alone comes first.
   */
  static String unpackedOpenCv() {
    return "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir="
        + Path.of(System.getProperty("user.home"), ".javacpp", "cache");
  }

  /** Options for a script. */
  static List<String> settings(String... settings) {
    List<String> options = new ArrayList<>();
    for (String setting : settings) {
      options.addAll(List.of("--conf", setting));
    }
    return options;
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
                input,
                "--output",
                outputs + "/" + name,
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
