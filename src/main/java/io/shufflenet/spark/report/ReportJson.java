package io.shufflenet.spark.report;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import io.shufflenet.spark.evaluation.comparison.Baseline;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.RunRecord.Timing;
import io.shufflenet.spark.results.Selection;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes {@code report.json}: the provenance, the selection, the times, where the review queue is,
 * the summary's one row as an object, every other table as an array of objects.
 */
final class ReportJson {
  static final Gson JSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .serializeNulls()
          .create();

  private ReportJson() {}

  /**
   * @param baseline null where the predictions were held against no earlier run
   * @param timing null where the predictions were there already
   * @param review name of the review queue's page beside this file; null where there is none
   */
  static void write(
      Provenance provenance,
      Selection selection,
      Baseline baseline,
      Timing timing,
      String review,
      Table summary,
      List<Table> details,
      Writer out)
      throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setIndent("  ");
    TableJson tables = new TableJson(json);
    json.beginObject();
    json.name("provenance");
    JSON.toJson(provenance, Provenance.class, json);
    json.name("selection");
    JSON.toJson(selection, Selection.class, json);
    json.name("baseline");
    JSON.toJson(baseline, Baseline.class, json);
    json.name("timing");
    JSON.toJson(timing, Timing.class, json);
    json.name("review").value(review);
    tables.object(summary);
    for (Table table : details) {
      tables.array(table);
    }
    json.endObject();
    json.flush();
    out.write("\n");
    out.flush();
  }
}
