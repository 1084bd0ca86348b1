package io.shufflenet.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.NotableImage;
import io.shufflenet.spark.evaluation.NotableImages;
import io.shufflenet.spark.evaluation.PredictionTable;
import io.shufflenet.spark.evaluation.ReviewQueue;
import io.shufflenet.spark.evaluation.Slicing;
import io.shufflenet.spark.evaluation.TemperatureFit;
import io.shufflenet.spark.evaluation.comparison.Baseline;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.Difference;
import io.shufflenet.spark.report.Chromium.Shown;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.RunRecord.Stages;
import io.shufflenet.spark.results.RunRecord.StartUp;
import io.shufflenet.spark.results.RunRecord.Timing;
import io.shufflenet.spark.results.Selection;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an evaluation, in a real browser. */
final class ReportPageIT {
  private static final String HOSTILE = "</script><img src=http://127.0.0.1:9/x onerror=alert(1)>";
  private static final Provenance PROVENANCE =
      new Provenance(
          "run-1", "s", HOSTILE, "m", "00ff", "net", 6, 5, 1.5, "megvii", 224, "ignore", "fp32",
          "1", "3.5");

  private static final TemperatureFit FIT =
      new TemperatureFit(1.2345, 1.5, 179, 1790, 0.5, 0.25, 0.0625, 0.03125);

  private static final Baseline BASELINE =
      new Baseline(
          "file:/earlier",
          "run-0",
          null,
          Comparison.WORSE,
          new Difference(-0.0125, -0.02, -0.005),
          0.0312,
          1234L,
          5L,
          20L,
          0.98,
          null,
          List.of("precision"));

  private static final Timing TIMING =
      new Timing(
          1,
          2,
          3,
          4,
          12.5,
          5,
          0,
          new StartUp(1, 1, 1),
          new Stages(3, 0.5, 7.3, 0.5, 4, 0.5, 2),
          2,
          80,
          40,
          "decode",
          "smaller images");

  @TempDir private Path folder;

  @Test
  void showsWhatTheReportSays() throws Exception {
    Shown shown = show("few", fewClasses());

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("Evaluation of net", "66.67 %", "run-1", "Confusion matrix", "Calibration")
        .contains("Most frequent mistakes", "decode", "truncated")
        .contains("Scored among 5 of the model’s 6 classes", "Probabilities at temperature 1.5")
        .contains("Fitted to 179 images, and measured on the other 1,790.")
        .contains("inference.temperature = 1.2345", "0.2500", "0.0313");
    assertThat(shown.dom()).contains("<svg");
  }

  @Test
  void namesAreTextAndNothingElse() throws Exception {
    Shown shown = show("few", fewClasses());

    assertThat(text(shown)).contains("&lt;/script&gt;&lt;img src=http://127.0.0.1:9/x");
    assertThat(text(shown)).doesNotContain("<img");
  }

  @Test
  void showsPicturesGatesAndTimes() throws Exception {
    NotableImage seen =
        new NotableImage("file:/a", "a.jpg", "dog", HOSTILE, 0.75, 0.25, "dog", 0.25);
    NotableImage gone =
        new NotableImage("file:/b", HOSTILE, "dog", "dog", 0.375, 0.375, "cat", 0.3125);
    Report report =
        new Report(
            PROVENANCE,
            Selection.WHOLE_RUN,
            fewClasses(),
            Optional.of(BASELINE),
            new NotableImages(List.of(seen), List.of(gone)),
            Optional.of(new ReviewQueue(Optional.empty(), Optional.empty())),
            List.of(
                new GateResult("min-top1", 0.7, 0.6667, false, "too low"),
                new GateResult("max-ece", 0.5, 0.1, true, "well")),
            Optional.empty(),
            Optional.of(TIMING));

    Shown shown = show("pictures", report, Map.of(seen, jpeg()));

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("Most confident mistakes", "75.00 %", "label dog, 25.00 %")
        .contains("Least confident hits", "37.50 %", "or cat, 31.25 %", "not readable")
        .contains("<a href=\"review.html\">review queue</a>")
        .containsOnlyOnce("<img src=\"data:image/jpeg;base64,")
        .contains("−1.25", "−2.00 to −0.50 points, p 0.0312", "1,234 images: 5 gained, 20 lost")
        .contains(">failed</span>", "too low", ">passed</span>")
        .contains("Where the time went", "12.5 s", "decode", "7.3 s", "forward");
  }

  @Test
  void theReviewQueueIsAPageOfItsOwn() throws Exception {
    NotableImage doubtful =
        new NotableImage("file:/a", "a.jpg", "dog", HOSTILE, 0.75, 0.0625, "cat", 0.125);
    ReviewTables tables = new ReviewTables(Optional.of(List.of(doubtful)), Optional.empty());
    Path page = folder.resolve("review.html");
    try (Writer out = Files.newBufferedWriter(page)) {
      tables.writePage(PROVENANCE, Map.of(doubtful, jpeg()), out);
    }

    Shown shown = Chromium.orSkipped(folder).show(page, 1280, 2000);

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("Suspected label errors", "label dog, 6.25 %", "75.00 %", "a.jpg")
        .contains("Most worth labelling", "Not known: the predictions do not tell")
        .containsOnlyOnce("<img");
  }

  @Test
  void showsSlicesAndWhatConfidenceKeeps() throws Exception {
    Slicing slicing = new Slicing(List.of("camera"), 2);
    Dataset<Row> images =
        new PredictionTable()
            .predicted(0, 0, 0.5)
            .predicted(0, 1, 0.7)
            .predicted(1, 1, 0.9)
            .in(LocalSpark.session())
            .withColumn("camera", when(col("probability").gt(0.6), "<b>north</b>"));
    Evaluation evaluation =
        Evaluation.of(slicing.mark(images), List.of("a", "b", "c", "d", "e", "f"), slicing);

    Shown shown = show("slices", evaluation);

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("Slices", "camera = &lt;b&gt;north&lt;/b&gt;", "camera is null", "few images")
        .contains("Accuracy against coverage", "89.93 %", "33.33 %");
  }

  @Test
  void whatIsNotToldHasNoSection() throws Exception {
    Dataset<Row> images =
        new PredictionTable()
            .predicted(0, 0, 0.5)
            .predicted(0, 1, 0.7)
            .in(LocalSpark.session())
            .select("label_index", "predicted_index");
    Report report =
        new Report(
            Provenance.ofForeign("run-2", "s", 3, "1", "3.5"),
            new Selection("file:/t.csv", "a < 1", "file:/l", List.of("as indices")),
            Evaluation.of(images, List.of("a", "b", "c")),
            Optional.empty(),
            NotableImages.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    Shown shown = show("foreign", report, Map.of());

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("Evaluation of predictions", "Only where: a &lt; 1", "Labels from file:/l")
        .contains("50.00 %", "Confusion matrix", "as indices")
        .doesNotContain("Calibration", "coverage", "Slices", "log-likelihood", "null");
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

  private static String jpeg() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
    return Base64.getEncoder().encodeToString(jpeg.toByteArray());
  }

  private Shown show(String name, Evaluation evaluation) throws Exception {
    Report report =
        new Report(
            PROVENANCE,
            Selection.WHOLE_RUN,
            evaluation,
            Optional.empty(),
            NotableImages.NONE,
            Optional.empty(),
            List.of(),
            Optional.of(FIT),
            Optional.empty());
    return show(name, report, Map.of());
  }

  private Shown show(String name, Report report, Map<NotableImage, String> thumbnails)
      throws Exception {
    Chromium chromium = Chromium.orSkipped(folder);
    Path written = folder.resolve(name);
    ReportWriter.write(LocalSpark.session(), report, images -> thumbnails, written.toString());
    return chromium.show(written.resolve("report.html"), 1280, 2000);
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
