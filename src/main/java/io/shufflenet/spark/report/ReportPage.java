package io.shufflenet.spark.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * {@code report.html}: what {@code report.json} says, for a person, in one file that needs no
 * network. It carries the facts along and computes none. Names and paths in them are untrusted: the
 * data holds no character that could end it, and the page's script makes text of them, never
 * markup.
 */
final class ReportPage {
  private static final String PAGE = "report.html";
  private static final String PLACE_OF_CHARTS = "/*ECHARTS*/";
  private static final String PLACE_OF_REPORT = "/*REPORT*/";

  /** Apache ECharts, of which the build takes this one file. */
  private static final String CHARTS = "echarts.common.min.js";

  /** The confusion matrix of more classes is no picture any more, and stays out. */
  private static final int MOST_CLASSES_OF_MATRIX = 30;

  /** In strings it writes {@code <}, and what else means something in HTML, as escapes. */
  private static final Gson HTML_SAFE = new GsonBuilder().serializeNulls().create();

  private ReportPage() {}

  /**
   * @param report what {@link ReportJson} wrote
   */
  static void write(Reader report, Writer out) throws IOException {
    String page = resource(PAGE);
    int charts = page.indexOf(PLACE_OF_CHARTS);
    int data = page.indexOf(PLACE_OF_REPORT);
    out.write(page.substring(0, charts));
    out.write(resource(CHARTS));
    out.write(page.substring(charts + PLACE_OF_CHARTS.length(), data));
    copy(new JsonReader(report), new JsonWriter(out));
    out.write(page.substring(data + PLACE_OF_REPORT.length()));
    out.flush();
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
      HTML_SAFE.toJson(value, data);
    }
    data.endObject();
    data.flush();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
