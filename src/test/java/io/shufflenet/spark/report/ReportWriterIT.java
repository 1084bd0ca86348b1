package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.evaluation.ClassMetrics;
import io.shufflenet.spark.evaluation.ConfusionCell;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.NotableImages;
import io.shufflenet.spark.evaluation.PredictionTable;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportWriterIT {
  private static final List<String> NAMES = List.of("cat", "dog", "fox", "owl", "yak", "eel");
  private static final Provenance PROVENANCE =
      new Provenance(
          "r", "s", "i", "m", "00ff", "a", 6, 6, 1.0, "megvii", 224, "ignore", "float32", "1.0.0",
          "3.5.9");

  private static final int MANY_CLASSES = 80;

  @TempDir private static Path parent;
  private static SparkSession spark;

  @BeforeAll
  static void writeReports() throws IOException {
    spark = LocalSpark.session();
    write("small", smallEvaluation());
    write("empty", Evaluation.of(new PredictionTable().in(spark), NAMES));
    write("large", denseEvaluation());
  }

  @Test
  void theSummaryIsOneRow() {
    Dataset<Row> summary = table("small", "summary");

    assertThat(
            summary
                .select(
                    "images",
                    "labelled",
                    "unlabelled",
                    "failed",
                    "labelled_failed",
                    "evaluated",
                    "rotated",
                    "classes",
                    "top1",
                    "top1_error",
                    "top5",
                    "top1_all",
                    "undefined_classes")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[5,4,1,1,1,3,1,6,0.6666666666666666,0.3333333333333333,1.0,0.5,4]");
  }

  @Test
  void averagesAndAgreementStandUnderTheirNames() {
    Row scores =
        table("small", "summary")
            .select("macro_recall", "weighted_recall", "balanced_accuracy", "kappa", "matthews")
            .first();

    // two of three images right, as the accuracy says; the rest is tested where it is computed
    assertThat(scores.getDouble(1)).isEqualTo(2.0 / 3);
    assertThat(scores.getDouble(0)).isLessThanOrEqualTo(scores.getDouble(2));
    assertThat(scores.getDouble(3)).isBetween(-1.0, 1.0);
    assertThat(scores.getDouble(4)).isBetween(-1.0, 1.0);
  }

  @Test
  void everyIntervalStandsBesideItsAccuracy() {
    String order =
        "NAME_low < NAME and NAME <= NAME_high"
            + " and NAME_error_low <= NAME_error and NAME_error < NAME_error_high";

    for (String name : List.of("top1", "top5", "top1_all", "top5_all")) {
      assertThat(table("small", "summary").where(order.replace("NAME", name)).count())
          .as(name)
          .isEqualTo(1);
    }
  }

  @Test
  void everyClassHasARowWithNullWhereItIsUndefined() {
    assertThat(rows("small", "per_class"))
        .containsExactly(
            "[0,cat,2,1,1,0,1.0,0.5,0.6666666666666666,1.0]",
            "[1,dog,1,2,1,0,0.5,1.0,0.6666666666666666,1.0]",
            "[2,fox,0,0,0,1,null,null,null,null]",
            "[3,owl,0,0,0,0,null,null,null,null]",
            "[4,yak,0,0,0,0,null,null,null,null]",
            "[5,eel,0,0,0,0,null,null,null,null]");
  }

  @Test
  void confusionHoldsItsCellsRowByRow() {
    assertThat(rows("small", "confusion"))
        .containsExactly("[0,0,cat,cat,1]", "[0,1,cat,dog,1]", "[1,1,dog,dog,1]");
  }

  @Test
  void calibrationHasFifteenBins() {
    assertThat(rows("small", "calibration"))
        .hasSize(15)
        .startsWith("[0,0.0,0.06666666666666667,0,null,null]")
        .contains("[7,0.4666666666666667,0.5333333333333333,3,0.5,0.6666666666666666]");
  }

  @Test
  void failuresNameExamples() {
    assertThat(
            table("small", "failures")
                .selectExpr("stage", "kind", "count", "array_join(examples, '|')")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[decode,empty,1,\u00fc/a b.jpg]");
  }

  @Test
  void aTableWithoutRowsKeepsItsColumns() {
    assertThat(table("empty", "confusion").columns())
        .containsExactly("label_index", "predicted_index", "label", "predicted", "count");
    assertThat(table("empty", "confusion").count()).isZero();
    assertThat(table("empty", "summary").where("top1 is null and ece is null").count())
        .isEqualTo(1);
  }

  @Test
  void everyTableIsOneFile() {
    for (String name : List.of("summary", "per_class", "calibration", "failures", "confusion")) {
      assertThat(table("large", name).inputFiles()).as(name).hasSize(1);
    }
  }

  @Test
  void aLargeConfusionMatrixKeepsItsOrder() {
    assertThat(rows("large", "confusion"))
        .hasSize(MANY_CLASSES * MANY_CLASSES)
        .containsExactlyElementsOf(
            denseEvaluation().confusion().stream().map(ReportWriterIT::text).toList());
  }

  @Test
  void theJsonHoldsTheSameFactsAsTheTables() throws IOException {
    JsonObject report =
        JsonParser.parseString(Files.readString(parent.resolve("small/report.json")))
            .getAsJsonObject();

    assertThat(report.keySet())
        .containsExactly(
            "provenance",
            "selection",
            "baseline",
            "timing",
            "review",
            "summary",
            "per_class",
            "calibration",
            "coverage",
            "slices",
            "failures",
            "confusion",
            "confused_pairs",
            "gates",
            "mistakes",
            "hits");
    assertThat(report.getAsJsonObject("summary").keySet())
        .containsExactly(table("small", "summary").columns());
    assertThat(report.getAsJsonObject("summary").get("top1").getAsDouble())
        .isEqualTo(table("small", "summary").select("top1").first().getDouble(0));
    assertThat(report.getAsJsonArray("per_class")).hasSize(6);
    assertThat(report.getAsJsonArray("failures").toString()).contains("\u00fc/a b.jpg");
    assertThat(report.getAsJsonArray("confused_pairs").toString())
        .isEqualTo(
            "[{\"label_index\":0,\"predicted_index\":1,\"label\":\"cat\",\"predicted\":\"dog\","
                + "\"count\":1,\"share\":0.5}]");
  }

  @Test
  void aReportIsNeverOverwritten() throws IOException {
    Files.createDirectories(parent.resolve("taken"));
    Files.writeString(parent.resolve("taken/report.json"), "{}");

    assertThatThrownBy(() -> write("taken", smallEvaluation()))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  /** Class cat: one right, one taken for dog; dog: one right; fox: one failed. */
  private static Evaluation smallEvaluation() {
    PredictionTable table =
        new PredictionTable()
            .predicted(0, 0, 0.5)
            .predicted(0, 1, 0.5)
            .predicted(1, 1, 0.5)
            .rotated(8)
            .failed(2, "empty", "\u00fc/a b.jpg");
    return Evaluation.of(table.in(spark), NAMES);
  }

  /** An image in every cell of the confusion matrix: more rows than one task carries. */
  private static Evaluation denseEvaluation() {
    Evaluation none = Evaluation.of(new PredictionTable().in(spark), NAMES);
    List<ClassMetrics> classes =
        IntStream.range(0, MANY_CLASSES)
            .mapToObj(i -> new ClassMetrics(i, "label", 1, 1, 1, 0, 1.0, 1.0, 1.0, null))
            .toList();
    List<ConfusionCell> cells =
        IntStream.range(0, MANY_CLASSES * MANY_CLASSES)
            .mapToObj(
                i ->
                    new ConfusionCell(
                        i / MANY_CLASSES, "label", i % MANY_CLASSES, "predicted", i + 1))
            .toList();
    return new Evaluation(
        none.summary(),
        classes,
        cells,
        none.calibration(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static String text(ConfusionCell cell) {
    return "[%d,%d,%s,%s,%d]"
        .formatted(
            cell.labelIndex(), cell.predictedIndex(), cell.label(), cell.predicted(), cell.count());
  }

  private static void write(String report, Evaluation evaluation) throws IOException {
    ReportWriter.write(
        spark,
        new Report(
            PROVENANCE,
            Selection.WHOLE_RUN,
            evaluation,
            Optional.empty(),
            NotableImages.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        images -> Map.of(),
        parent.resolve(report).toString());
  }

  private static Dataset<Row> table(String report, String name) {
    return spark.read().parquet(parent.resolve(report).resolve(name).toString());
  }

  private static List<String> rows(String report, String name) {
    return table(report, name).collectAsList().stream().map(Row::toString).toList();
  }
}
