package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  private static final String HOSTILE =
      "</script><img src=x onerror=alert(1)><!-- & '\"=cmd|' /C'!A0";

  @Test
  void carriesTheReportAlong() throws IOException {
    JsonObject report = report(12, "cat");

    assertThat(JsonParser.parseString(data(page(report)))).isEqualTo(report);
  }

  @Test
  void aNameCannotEndTheData() throws IOException {
    JsonObject report = report(12, HOSTILE);

    String page = page(report);

    assertThat(JsonParser.parseString(data(page))).isEqualTo(report);
    assertThat(data(page)).doesNotContain("<", ">", "&", "'");
    assertThat(Pattern.compile("</script>").matcher(page).results()).hasSize(3);
  }

  @Test
  void theMatrixOfManyClassesStaysOut() throws IOException {
    assertThat(JsonParser.parseString(data(page(report(30, "cat")))).getAsJsonObject().keySet())
        .contains("confusion");
    assertThat(JsonParser.parseString(data(page(report(31, "cat")))).getAsJsonObject().keySet())
        .containsExactly("provenance", "summary", "confused_pairs");
  }

  @Test
  void asksForNothingFromOutside() throws IOException {
    String page = page(report(12, "cat"));

    // The library's own text holds markup in strings; what it would load, the policy forbids.
    String own = page.replaceFirst("(?s)<script>.*?</script>", "");
    assertThat(own).contains("content=\"default-src 'none'; ");
    assertThat(own).doesNotContainPattern("(?i)<(script|img|link|iframe)[^>]*(src|href)\\s*=");
    assertThat(own).doesNotContain("http://", "https://", "@import");
  }

  private static JsonObject report(int classes, String name) {
    JsonObject summary = new JsonObject();
    summary.addProperty("classes", classes);
    summary.add("top1", null);
    JsonObject cell = new JsonObject();
    cell.addProperty("label", name);
    cell.addProperty("count", 3);
    JsonArray cells = new JsonArray();
    cells.add(cell);
    JsonObject report = new JsonObject();
    report.add("provenance", new JsonObject());
    report.add("summary", summary);
    report.add("confusion", cells);
    report.add("confused_pairs", cells);
    return report;
  }

  private static String page(JsonObject report) throws IOException {
    StringWriter page = new StringWriter();
    ReportPage.write(new StringReader(report.toString()), page);
    return page.toString();
  }

  private static String data(String page) {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
