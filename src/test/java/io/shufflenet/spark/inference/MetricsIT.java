package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Prometheus reads from the driver's web server, which listens on the loopback address alone.
 */
final class MetricsIT {
  private static final int IMAGES = 54;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir private Path home;

  @Test
  void thePrometheusEndpointTellsWhatExecutorsDid() throws Exception {
    Process child = start();
    try (BufferedReader said = child.inputReader()) {
      double failures = Double.parseDouble(told(said, Child.FAILURES));
      String metrics = scrape(told(said, Child.ADDRESS) + "/metrics/prometheus");

      for (String executor : List.of("", "executor_driver_")) {
        assertThat(value(metrics, executor + "images")).isEqualTo(IMAGES);
        assertThat(value(metrics, executor + "failures")).isEqualTo(failures);
        assertThat(value(metrics, executor + "retries")).isZero();
        for (String stage : List.of("read", "decode", "preprocess", "forward")) {
          assertThat(value(metrics, executor + "seconds_" + stage)).isPositive();
        }
      }
      assertThat(value(metrics, "executors")).isOne();
    } finally {
      child.destroy();
      child.waitFor();
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.start();
  }

  private static String told(BufferedReader said, String what) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      lines.add(line);
      if (line.startsWith(what)) {
        return line.substring(what.length());
      }
    }
    throw new AssertionError(String.join("\n", lines));
  }

  /** Executors report to the driver when a task has ended, and do not wait for it to listen. */
  private static String scrape(String address) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    Instant end = Instant.now().plus(DEADLINE);
    String metrics;
    do {
      metrics = client.send(request, BodyHandlers.ofString()).body();
    } while (!metrics.contains("_executor_driver_images_Value{type=\"gauges\"} " + IMAGES + ".0")
        && Instant.now().isBefore(end));
    return metrics;
  }

  private static double value(String metrics, String name) {
    Matcher line =
        Pattern.compile(
                "(?m)^metrics_(?:\\w+_)?plugin_\\w+_ShuffleNetPlugin_"
                    + name
                    + "_Value\\{.*} (\\S+)$")
            .matcher(metrics);
    assertThat(line.find()).as(name + " in " + metrics).isTrue();
    return Double.parseDouble(line.group(1));
  }

  /** Predicts the golden images, tells its web server's address, and waits to be ended. */
  static final class Child {
    static final String FAILURES = "failures: ";
    static final String ADDRESS = "web server: ";

    private Child() {}

    public static void main(String[] arguments) throws IOException {
      SparkSession spark =
          SparkSession.builder()
              .master("local[2]")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.ui.port", "0")
              .config("spark.plugins", ShuffleNetPlugin.class.getName())
              .config(
                  "spark.metrics.conf.*.sink.prometheusServlet.class",
                  "org.apache.spark.metrics.sink.PrometheusServlet")
              .config("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus")
              .getOrCreate();
      InferenceMetrics metrics = new InferenceMetrics(spark.sparkContext());
      long failures =
          Inference.predict(images(spark), settings(), metrics).collectAsList().stream()
              .filter(row -> row.getAs("error") != null)
              .count();
      System.out.println(FAILURES + failures);
      System.out.println(ADDRESS + spark.sparkContext().uiWebUrl().get());
      int ignored = System.in.read();
      spark.stop();
    }

    private static Dataset<Row> images(SparkSession spark) throws IOException {
      try (Stream<Path> files = Files.list(GoldenFiles.IMAGES)) {
        return spark
            .createDataset(files.map(Path::toString).toList(), Encoders.STRING())
            .toDF("path")
            .repartition(4);
      }
    }

    private static InferenceSettings settings() throws IOException {
      return new InferenceSettings(
          Weights.read(Files.readAllBytes(GoldenFiles.CHECKPOINT), "golden"),
          List.of(),
          Preprocessing.MEGVII,
          Orientation.IGNORE,
          DevicePolicy.AUTO,
          PrecisionPolicy.FP32,
          List.of(),
          1.0,
          5,
          Scores.NONE,
          Embedding.NONE,
          89_478_485,
          1 << 26);
    }
  }
}
