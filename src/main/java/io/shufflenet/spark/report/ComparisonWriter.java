package io.shufflenet.spark.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.OutputFiles;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a comparison of runs: Parquet tables {@code runs}, {@code per_class}, {@code slices} and
 * {@code drift}, one file each; {@code changed}, one part for each run that was held against the
 * first; {@code compare.json}, which holds the same facts but for {@code changed}, of which it has
 * examples; and {@code compare.html}, which shows them.
 */
public final class ComparisonWriter {
  private static final Gson JSON = ReportJson.JSON;

  private ComparisonWriter() {}

  /**
   * Writes all but {@code changed} into {@code folder}, on any Hadoop file system.
   *
   * @param runs the first is the one that the others were held against
   * @param comparisons one for each run but the first
   * @param gates of all of them
   * @throws IOException if the file system fails, or a comparison stands there already
   */
  public static void write(
      SparkSession spark,
      List<ComparedRun> runs,
      List<Comparison> comparisons,
      List<GateResult> gates,
      Path folder)
      throws IOException {
    for (Table table : ComparisonTables.of(runs, comparisons)) {
      ReportWriter.parquet(spark, table, folder.toString());
    }
    FileSystem fileSystem =
        OutputFiles.fileSystem(folder, spark.sparkContext().hadoopConfiguration());
    JsonObject facts = facts(runs, comparisons, gates);
    try (Writer out = ReportWriter.create(fileSystem, new Path(folder, "compare.json"))) {
      JsonWriter json = new JsonWriter(out);
      json.setIndent("  ");
      JSON.toJson(facts, json);
      out.write("\n");
    }
    try (Writer out = ReportWriter.create(fileSystem, new Path(folder, "compare.html"))) {
      Page.write("compare.js", data -> JSON.toJson(facts, data), out);
    }
  }

  /**
   * Writes one run's part of {@code changed}.
   *
   * @param run the letter of the run that was held against the first
   * @param changed sorted as its files are to be
   */
  public static void writeChanged(Dataset<Row> changed, String run, Path folder) {
    changed.write().parquet(new Path(folder, "changed/run=" + run).toString());
  }

  private static JsonObject facts(
      List<ComparedRun> runs, List<Comparison> comparisons, List<GateResult> gates) {
    JsonObject facts = new JsonObject();
    JsonArray array = new JsonArray();
    runs.forEach(run -> array.add(facts(run)));
    facts.add("runs", array);
    facts.add("comparisons", JSON.toJsonTree(comparisons));
    facts.add("gates", JSON.toJsonTree(gates));
    return facts;
  }

  private static JsonObject facts(ComparedRun run) {
    JsonObject facts = new JsonObject();
    facts.addProperty("run", run.run());
    facts.addProperty("output", run.output());
    facts.add("provenance", JSON.toJsonTree(run.provenance()));
    facts.add("images", JSON.toJsonTree(run.summary().images()));
    facts.add("top1", JSON.toJsonTree(run.summary().top1()));
    facts.add("top5", JSON.toJsonTree(run.summary().top5()));
    facts.addProperty("nll", run.summary().nll());
    facts.addProperty("ece", run.summary().ece());
    return facts;
  }
}
