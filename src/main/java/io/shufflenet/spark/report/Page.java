package io.shufflenet.spark.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page for a person, in one file that needs no network. It carries its facts along as JSON, and a
 * script that draws them. Names and paths in them are untrusted: the data holds no character that
 * could end it, and the scripts make text of them, never markup.
 */
final class Page {
  private static final Pattern PLACES = Pattern.compile("/\\*(STYLE|CHARTS|DATA|PAGE|CONTENT)\\*/");

  /** Apache ECharts, of which the build takes this one file. */
  private static final String CHARTS = "echarts.common.min.js";

  private Page() {}

  /** Writes the facts of a page. */
  interface Facts {
    /**
     * @param data writes what means something in HTML as escapes
     */
    void write(JsonWriter data) throws IOException;
  }

  /**
   * @param script the resource that draws this kind of page, for example {@code report.js}
   */
  static void write(String script, Facts facts, Writer out) throws IOException {
    String page = resource("page.html");
    int written = 0;
    Matcher places = PLACES.matcher(page);
    for (MatchResult place : places.results().toList()) {
      out.write(page.substring(written, place.start()));
      written = place.end();
      switch (place.group(1)) {
        case "STYLE" -> out.write(resource("page.css"));
        case "CHARTS" -> out.write(resource(CHARTS));
        case "DATA" -> write(facts, out);
        case "PAGE" -> out.write(resource("page.js"));
        default -> out.write(resource(script));
      }
    }
    out.write(page.substring(written));
    out.flush();
  }

  private static void write(Facts facts, Writer out) throws IOException {
    JsonWriter data = new JsonWriter(out);
    data.setHtmlSafe(true);
    facts.write(data);
    data.flush();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
