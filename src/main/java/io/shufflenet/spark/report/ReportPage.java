package io.shufflenet.spark.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;

/** {@code report.html}: what {@code report.json} says, for a person. It computes none of it. */
final class ReportPage {
  /** The confusion matrix of more classes is no picture any more, and stays out. */
  private static final int MOST_CLASSES_OF_MATRIX = 30;

  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private ReportPage() {}

  /**
   * @param report what {@link ReportJson} wrote
   */
  static void write(Reader report, Writer out) throws IOException {
    Page.write("report.js", data -> copy(new JsonReader(report), data), out);
  }

  /** Member by member: the matrix of a thousand classes would fill the memory. */
  private static void copy(JsonReader report, JsonWriter data) throws IOException {
    boolean matrix = true;
    report.beginObject();
    data.beginObject();
    while (report.hasNext()) {
      String name = report.nextName();
      if (name.equals("confusion") && !matrix) {
        report.skipValue();
        continue;
      }
      JsonElement value = JsonParser.parseReader(report);
      if (name.equals("summary")) {
        int classes = value.getAsJsonObject().get("classes").getAsInt();
        matrix = classes <= MOST_CLASSES_OF_MATRIX;
      }
      data.name(name);
      JSON.toJson(value, data);
    }
    data.endObject();
  }
}
