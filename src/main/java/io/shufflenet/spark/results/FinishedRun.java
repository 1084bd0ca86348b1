package io.shufflenet.spark.results;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The complete result of a run of predict or evaluate, for those that read it.
 *
 * @param output its folder, fully qualified
 * @param provenance what made it
 */
public record FinishedRun(Path output, Provenance provenance) {
  private static final Gson JSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .create();

  private record File(Provenance provenance, Configured configuration) {
    /** The table that took the predictions too. */
    Optional<String> table() {
      return Optional.ofNullable(configuration)
          .map(Configured::output)
          .map(OutputSettings::table)
          .filter(name -> !name.isEmpty());
    }
  }

  private record Configured(OutputSettings output) {}

  private record OutputSettings(String table) {}

  /**
   * The run whose output folder this is, or whose predictions; empty where the path is none of a
   * run's, but perhaps a table.
   *
   * @throws IllegalArgumentException if a run has begun there but is not complete, or is none of
   *     predictions, or its predictions were deleted
   * @throws IOException if the file system fails
   */
  public static Optional<FinishedRun> in(Configuration hadoop, Path path) throws IOException {
    FileSystem fileSystem = OutputFiles.fileSystem(path, hadoop);
    Path output = output(fileSystem, fileSystem.makeQualified(path));
    Path record = new Path(output, RunFolder.RUN);
    Optional<String> json = Standing.text(fileSystem, record);
    if (json.isEmpty()) {
      refuseIncomplete(fileSystem, output);
      return Optional.empty();
    }
    EarlierRun run = EarlierRun.parse(json.get(), record.toString());
    if (!run.isOfPredictions()) {
      throw new IllegalArgumentException(
          "Cannot read predictions from %s: it holds the result of %s"
              .formatted(output, run.command()));
    }
    File file = JSON.fromJson(json.get(), File.class);
    if (!fileSystem.exists(new Path(output, RunFolder.PREDICTIONS))) {
      throw new IllegalArgumentException(
          "Cannot read predictions from %s: the folder predictions was deleted there%s"
              .formatted(output, file.table().map(table -> inTable(table, file)).orElse("")));
    }
    return Optional.of(new FinishedRun(output, file.provenance()));
  }

  private static String inTable(String table, File file) {
    return (". The run wrote them to the table %1$s too: report reads them by --predictions %1$s"
            + " --set predictions.format=table --where \"run_id = '%2$s'\"")
        .formatted(table, file.provenance().runId());
  }

  private static Path output(FileSystem fileSystem, Path path) throws IOException {
    boolean inARun =
        path.getName().equals(RunFolder.PREDICTIONS)
            && fileSystem.exists(new Path(path.getParent(), RunFolder.RUN));
    return inARun ? path.getParent() : path;
  }

  /**
   * As {@link #in}, where nothing but a run will do.
   *
   * @param refusal how the message begins, for example {@code Cannot compare /results/val}
   * @throws IllegalArgumentException also if the path is none of a run's
   */
  public static FinishedRun require(Configuration hadoop, Path path, String refusal)
      throws IOException {
    return in(hadoop, path)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    refusal
                        + ": it is no output folder of predict or evaluate, for it holds no"
                        + " run.json"));
  }

  private static void refuseIncomplete(FileSystem fileSystem, Path output) throws IOException {
    boolean begun =
        fileSystem.exists(new Path(output, RunFolder.WORK))
            || fileSystem.exists(new Path(output, RunFolder.PREDICTIONS));
    if (begun) {
      throw new IllegalArgumentException(
          ("Cannot read predictions from %s: the run there is not complete, for its run.json is"
                  + " missing. The same command with --mode resume completes it")
              .formatted(output));
    }
  }

  /** One row for each image, as {@link PredictionSchema} says. */
  public Dataset<Row> predictions(SparkSession spark) {
    return spark.read().parquet(new Path(output, RunFolder.PREDICTIONS).toString());
  }

  /** Name of each of the model's classes by index. */
  public List<String> classNames(SparkSession spark) {
    return ClassTable.read(spark, output);
  }
}
