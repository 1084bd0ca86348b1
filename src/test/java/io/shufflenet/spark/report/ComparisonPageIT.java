package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.PairedRuns;
import io.shufflenet.spark.evaluation.comparison.RunTable;
import io.shufflenet.spark.report.Chromium.Shown;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a comparison, in a real browser. */
final class ComparisonPageIT {
  private static final String HOSTILE = "</script><img src=http://127.0.0.1:9/x onerror=alert(1)>";
  private static final List<String> NAMES =
      IntStream.range(0, 30).mapToObj(index -> index == 0 ? HOSTILE : "class-" + index).toList();

  @TempDir private Path folder;

  @Test
  void showsWhatTheComparisonSays() throws Exception {
    ComparedRun a = ComparedRun.of("A", HOSTILE, provenance("fp32"), table(0).named("/a", NAMES));
    ComparedRun b = ComparedRun.of("B", "/b", provenance("bf16"), table(7).named("/b", NAMES));
    Comparison comparison;
    try (PairedRuns pairs = PairedRuns.join(a.predictions(), b.predictions(), List.of("camera"))) {
      comparison = Comparison.paired(a, b, pairs);
    }

    Shown shown = show("paired", List.of(a, b), List.of(comparison));

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("B is worse than A", "−46.67", "−26.69 points", "p, McNemar", "Same prediction")
        .contains("camera = north", "predicted-class", "the 25 bins that changed most")
        .contains("max-drop", "failed", "precision", "bf16", "≠", "lost", "only in B")
        .contains("&lt;/script&gt;&lt;img src=http://127.0.0.1:9/x")
        .doesNotContain("<img");
    assertThat(shown.dom()).contains("<svg");
  }

  @Test
  void ofSeveralRunsEachHasItsSections() throws Exception {
    ComparedRun a = ComparedRun.of("A", "/a", provenance("fp32"), table(0).named("/a", NAMES));
    ComparedRun b = ComparedRun.of("B", "/b", provenance("fp32"), table(0).named("/b", NAMES));
    ComparedRun c =
        ComparedRun.of(
            "C",
            "/c",
            provenance("fp32"),
            new RunTable().image("x", null, 1, 0.5).named("/c", NAMES));

    Shown shown =
        show(
            "unpaired",
            List.of(a, b, c),
            List.of(Comparison.unpaired(a, b), Comparison.unpaired(a, c)));

    assertThat(shown.console()).isEmpty();
    assertThat(text(shown))
        .contains("A and B cannot be told apart", "Drift: B against A", "No accuracy to compare")
        .contains("Drift: C against A", "Unpaired");
  }

  /** Thirty images, one of each class; the first {@code wrong} of every fifteen are wrong. */
  private static RunTable table(int wrong) {
    RunTable table = new RunTable();
    for (int image = 0; image < 30; image++) {
      int predicted = image % 15 < wrong ? (image + 1) % 30 : image;
      table.image("images/" + image, image, predicted, 0.75, image % 2 == 0 ? "north" : "south");
    }
    if (wrong > 0) {
      table.image("extra", 0, 0, 0.5, null).failed("broken", 0, HOSTILE);
    }
    return table;
  }

  private static Provenance provenance(String precision) {
    return new Provenance(
        "run-1", "s", "input", "m", "00ff", "net", 30, 30, 1.0, "megvii", 224, "ignore", precision,
        "1", "3.5");
  }

  private Shown show(String name, List<ComparedRun> runs, List<Comparison> comparisons)
      throws Exception {
    Chromium chromium = Chromium.orSkipped(folder);
    Path written = folder.resolve(name);
    ComparisonWriter.write(
        LocalSpark.session(),
        runs,
        comparisons,
        List.of(new GateResult("max-drop", 0.01, 0.4667, false, "measured")),
        new org.apache.hadoop.fs.Path(written.toUri()));
    return chromium.show(written.resolve("compare.html"), 1280, 3000);
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
