package io.shufflenet.spark.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.job.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A report of ten million predictions, in a process of its own with a small heap. */
final class ReportSection {
  private static final long IMAGES = 10_000_000;
  private static final String HEAP = "1g";

  private final Setup setup;
  private final Path predictions;
  private final Path report;

  ReportSection(Setup setup) {
    this.setup = setup;
    this.predictions = setup.work().resolve("generated-predictions");
    this.report = setup.work().resolve("report");
  }

  /** Adds the section's rows. */
  void into(Grid grid) throws IOException {
    delete();
    try {
      Setup.progress("making up ten million predictions");
      try (SparkSession spark = Setup.spark()) {
        GeneratedPredictions.write(spark, IMAGES, Setup.CLASSES, predictions);
      }
      Setup.progress("reporting them");
      JsonObject said = report();
      double seconds = said.get("seconds").getAsDouble();
      grid.heading(
          "Report of %,d predictions of %,d classes, all cores, a heap of %s"
              .formatted(IMAGES, Setup.CLASSES, HEAP));
      grid.row("", "images/s", "seconds", "process");
      grid.row(
          "with eight slices and the review queue",
          Grid.figure(IMAGES / seconds),
          Grid.figure(seconds),
          Grid.figure(said.get("process").getAsDouble() / (1 << 20)) + " MB");
      grid.note("process: the most memory that it held, driver and tasks in one");
    } finally {
      delete();
    }
  }

  private JsonObject report() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "@" + setup.home().resolve("target/spark.java.options"),
            "-Xmx" + HEAP,
            "-Dspark.master=local[*]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.driver.host=127.0.0.1",
            "-Dlog4j2.configurationFile=" + setup.home().resolve("conf/log4j2.properties"),
            "-cp",
            System.getenv("CLASSPATH"),
            CommandRun.class.getName(),
            "report",
            "--predictions",
            predictions.toUri().toString(),
            "--output",
            report.toUri().toString(),
            "--set",
            "report.by=" + GeneratedPredictions.CAMERA.name());
    String said =
        ChildProcess.run(setup.home(), setup.work().resolve("report.log"), command)
            .lines()
            .filter(line -> line.startsWith("{"))
            .findFirst()
            .orElseThrow();
    return JsonParser.parseString(said).getAsJsonObject();
  }

  private void delete() throws IOException {
    ImageSet.delete(predictions);
    ImageSet.delete(report);
  }
}
