package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What tells a run apart among Spark's jobs and in logs. */
final class RunNameIT {
  /** Spark names the jobs that send small tables to all executors by itself. */
  private static final String BROADCAST = "broadcast exchange";

  @TempDir private Path folder;

  @Test
  void everyJobOfARunTellsRunAndStep() throws IOException {
    Workplace workplace = new Workplace(folder);
    StartedJobs started = new StartedJobs();
    LocalSpark.session().sparkContext().addSparkListener(started);

    workplace.run("evaluate", "--set", "max-failure-rate=1");

    assertThat(started.descriptions(runId(workplace.output().resolve("run.json"))))
        .containsExactly(
            "list the images",
            "predict: batch 1 of 1",
            "put the predictions together",
            "count the predictions",
            "write the report");
  }

  @Test
  void logLinesOfTasksTellTheRun() {
    RunName run = RunName.now();
    SparkSession spark = LocalSpark.session();

    run.markJobs(spark.sparkContext(), "look");

    assertThat(
            spark
                .range(0, 4, 1, 4)
                .map(
                    (MapFunction<Long, String>) number -> MDC.get(RunName.LOG_KEY),
                    Encoders.STRING())
                .collectAsList())
        .containsExactlyElementsOf(List.of(run.id(), run.id(), run.id(), run.id()));
  }

  private static String runId(Path record) throws IOException {
    return JsonParser.parseString(Files.readString(record))
        .getAsJsonObject()
        .getAsJsonObject("provenance")
        .get("run_id")
        .getAsString();
  }

  /** Hears of every job; what Spark tells of them has all come when a command has ended. */
  private static final class StartedJobs extends SparkListener {
    private final List<Properties> jobs = new CopyOnWriteArrayList<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      jobs.add(job.properties());
    }

    /** In the order of the first job of each; every job must belong to the run. */
    Set<String> descriptions(String run) {
      Set<String> descriptions = new LinkedHashSet<>();
      for (Properties job : jobs) {
        String description = job.getProperty("spark.job.description");
        if (description == null || !description.startsWith(BROADCAST)) {
          assertThat(job.getProperty("spark.jobGroup.id")).isEqualTo(run);
          descriptions.add(description);
        }
      }
      return descriptions;
    }
  }
}
