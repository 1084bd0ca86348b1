package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.PredictionTable;
import io.shufflenet.spark.report.Chromium.Shown;
import io.shufflenet.spark.results.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an evaluation, in a real browser. */
final class ReportPageIT {
  private static final String HOSTILE = "</script><img src=http://127.0.0.1:9/x onerror=alert(1)>";
  private static final Provenance PROVENANCE =
      new Provenance(
          "run-1", "s", HOSTILE, "m", "00ff", "net", 6, "megvii", 224, "ignore", "fp32", "1",
          "3.5");

  @TempDir private Path folder;

  @Test
  void showsWhatTheReportSays() throws Exception {
    Shown shown = show("few", fewClasses());

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("Evaluation of net", "66.67 %", "run-1", "Confusion matrix", "Calibration")
        .contains("Most frequent mistakes", "decode", "truncated");
    assertThat(shown.dom()).contains("<svg");
  }

  @Test
  void namesAreTextAndNothingElse() throws Exception {
    Shown shown = show("few", fewClasses());

    assertThat(text(shown)).contains("&lt;/script&gt;&lt;img src=http://127.0.0.1:9/x");
    assertThat(text(shown)).doesNotContain("<img");
  }

  @Test
  void manyClassesHaveNoMatrix() throws Exception {
    Shown shown = show("many", manyClasses());

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("class-999", "Most frequent mistakes")
        .doesNotContain("Confusion matrix");
  }

  @Test
  void withoutLabelsItSaysSo() throws Exception {
    Evaluation nothing =
        Evaluation.of(
            new PredictionTable().in(LocalSpark.session()), List.of("a", "b", "c", "d", "e", "f"));

    Shown shown = show("none", nothing);

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown)).contains("No accuracy: no image has a label.");
  }

  /** Six classes with a hostile name among them; two of three images right, one failed. */
  private static Evaluation fewClasses() {
    PredictionTable table =
        new PredictionTable()
            .predicted(0, 0, 0.5)
            .predicted(0, 1, 0.7)
            .predicted(1, 1, 0.9)
            .failed(2, "truncated", HOSTILE);
    return Evaluation.of(
        table.in(LocalSpark.session()), List.of(HOSTILE, "dog", "fox", "owl", "yak", "eel"));
  }

  private static Evaluation manyClasses() {
    PredictionTable table = new PredictionTable();
    for (int label = 0; label < 1000; label++) {
      table.predicted(label, label % 7 == 0 ? 999 - label : label, 0.6);
    }
    return Evaluation.of(
        table.in(LocalSpark.session()),
        IntStream.range(0, 1000).mapToObj(index -> "class-" + index).toList());
  }

  private Shown show(String name, Evaluation evaluation) throws Exception {
    Optional<Chromium> chromium = Chromium.in(folder);
    assumeTrue(chromium.isPresent(), "no Chromium on this machine: the page was not looked at");
    Path report = folder.resolve(name);
    ReportWriter.write(LocalSpark.session(), evaluation, PROVENANCE, report.toString());
    return chromium.get().show(report.resolve("report.html"), 1280, 2000);
  }

  /** What the page has made, as HTML. */
  private static String text(Shown shown) {
    return Pattern.compile("(?s)<main id=\"page\">(.*)</main>")
        .matcher(shown.dom())
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}
