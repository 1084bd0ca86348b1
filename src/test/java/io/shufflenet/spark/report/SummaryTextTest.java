package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.Agreement;
import io.shufflenet.spark.evaluation.Averages;
import io.shufflenet.spark.evaluation.ClassMetrics;
import io.shufflenet.spark.evaluation.ConfusionCell;
import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.FailureGroup;
import io.shufflenet.spark.evaluation.Finding;
import io.shufflenet.spark.evaluation.ImageCounts;
import io.shufflenet.spark.evaluation.Summary;
import io.shufflenet.spark.results.Provenance;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SummaryTextTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          "run-1",
          "2026-01-02T03:04:05Z",
          "photos",
          "model.pth.tar",
          "00ff",
          "shufflenetv1-1.0x-g3",
          1000,
          1000,
          1.0,
          "megvii",
          224,
          "ignore",
          "float32",
          "1.0.0",
          "3.5.9");

  private static final Accuracy TOP1 = new Accuracy(900, 1200, 0.75, 0.7247, 0.7737);
  private static final Accuracy TOP5 = new Accuracy(1080, 1200, 0.9, 0.8817, 0.9157);
  private static final Accuracy TOP1_ALL = new Accuracy(900, 1250, 0.72, 0.6945, 0.7442);
  private static final Accuracy TOP5_ALL = new Accuracy(1080, 1250, 0.864, 0.8439, 0.8819);

  @Test
  void tellsEverythingWhereEverythingHappened() {
    Evaluation evaluation =
        evaluation(
            summary(new ImageCounts(1300, 1250, 50, 55, 50, 1200, 7L)),
            List.of(
                metrics(0, "cat", 700, 600, 0.9),
                metrics(1, "dog", 300, 270, 0.8),
                metrics(2, "Petit Basset Griffon Vendeen", 100, 20, 0.5),
                metrics(3, "owl", 60, 0, null),
                metrics(4, "fox", 40, 10, 1.0)),
            List.of(
                new ConfusionCell(3, "owl", 0, "cat", 25),
                new ConfusionCell(3, "owl", 1, "dog", 35),
                new ConfusionCell(2, "Petit Basset Griffon Vendeen", 1, "dog", 80),
                new ConfusionCell(4, "fox", 4, "fox", 10),
                new ConfusionCell(4, "fox", 0, "cat", 15),
                new ConfusionCell(4, "fox", 1, "dog", 15)),
            List.of(
                new FailureGroup("decode", "not-an-image", 53, List.of("a.jpg", "b.jpg")),
                new FailureGroup("forward", "not-finite", 2, List.of())),
            List.of(
                new Finding(
                    Finding.Kind.PERMUTED_CLASSES,
                    "One two three four five six seven eight nine ten eleven twelve thirteen"
                        + " fourteen fifteen sixteen.")));

    assertThat(SummaryText.of(evaluation, PROVENANCE))
        .isEqualTo(
            """
            Accuracy over 1,200 images, of 1,000 classes
                          accuracy     95 % interval    error
              top-1        75.00 %  72.47 to 77.37 %  25.00 %
              top-5        90.00 %  88.17 to 91.57 %  10.00 %
              top-1, all   72.00 %  69.45 to 74.42 %  28.00 %
              top-5, all   86.40 %  84.39 to 88.19 %  13.60 %
              all: failures count as misses, here 50 images
              without a label, and left out: 50 images
              NLL 1.2346, Brier score 0.4000, expected calibration error 0.0312
              macro precision 0.7000, recall 0.6000, F1 0.6500
              12 of 1,000 classes without a precision (never predicted) or a recall (no images)

            Worst classes by recall
              class                  images   recall  precision  mostly taken for
              owl                        60   0.00 %          -  dog (35)
              Petit Basset Griff...     100  20.00 %    50.00 %  dog (80)
              fox                        40  25.00 %   100.00 %  cat (15)

            Failures: 55 of 1,300 images
              stage    kind          images  for example
              decode   not-an-image      53  a.jpg
              forward  not-finite         2  -

            7 images with an EXIF rotation, which the run was told to ignore (image.orientation)

            WARNING: One two three four five six seven eight nine ten eleven twelve thirteen
            fourteen fifteen sixteen.
            """);
  }

  @Test
  void tellsOnlyTheAccuracyWhereNothingElseHappened() {
    ImageCounts images = new ImageCounts(1200, 1200, 0, 0, 0, 1200, 0L);
    Summary summary =
        new Summary(
            images,
            4,
            TOP1,
            null,
            TOP1,
            null,
            0.5,
            0.25,
            0.125,
            new Averages(0.75, 0.75, 0.75),
            new Averages(0.75, 0.75, 0.75),
            new Agreement(0.75, 0.5, 0.5),
            0L);
    Evaluation evaluation = evaluation(summary, List.of(), List.of(), List.of(), List.of());

    assertThat(SummaryText.of(evaluation, PROVENANCE))
        .isEqualTo(
            """
            Accuracy over 1,200 images, of 4 classes
                     accuracy     95 % interval    error
              top-1   75.00 %  72.47 to 77.37 %  25.00 %
              NLL 0.5000, Brier score 0.2500, expected calibration error 0.1250
              macro precision 0.7500, recall 0.7500, F1 0.7500
            """);
  }

  @Test
  void saysWhatACrashMayAlsoBe() {
    Evaluation evaluation =
        evaluation(
            summary(new ImageCounts(100, 0, 100, 1, 0, 0, 0L)),
            List.of(),
            List.of(),
            List.of(new FailureGroup("executor", "crashed", 1, List.of("a.jpg"))),
            List.of());

    assertThat(SummaryText.ofPredictions(evaluation, PROVENANCE))
        .isEqualTo(
            """
            Predicted 99 images

            Failures: 1 of 100 images
              stage     kind     images  for example
              executor  crashed       1  a.jpg
            crashed: executors died twice while the image was under way, alone; where memory is
            short (spark.executor.memoryOverhead), that may be the reason
            """);
  }

  @Test
  void saysThatThereIsNoAccuracyWithoutLabels() {
    assertThat(SummaryText.of(nothing(new ImageCounts(5, 0, 5, 0, 0, 0, 0L)), PROVENANCE))
        .isEqualTo("No accuracy: no image has a label\n");
  }

  @Test
  void saysThatThereIsNoAccuracyWhereEveryLabelledImageFailed() {
    assertThat(SummaryText.of(nothing(new ImageCounts(5, 5, 0, 5, 5, 0, 1L)), PROVENANCE))
        .isEqualTo(
            """
            No accuracy: no labelled image has a prediction

            1 image with an EXIF rotation, which the run was told to ignore (image.orientation)
            """);
  }

  @Test
  void predictionsAreToldWithoutAccuracy() {
    Evaluation evaluation =
        evaluation(
            summary(new ImageCounts(1300, 1250, 50, 55, 50, 1200, 0L)),
            List.of(metrics(0, "cat", 700, 600, 0.9)),
            List.of(),
            List.of(new FailureGroup("decode", "empty", 55, List.of("a.jpg"))),
            List.of());

    assertThat(SummaryText.ofPredictions(evaluation, PROVENANCE))
        .isEqualTo(
            """
            Predicted 1,245 images

            Failures: 55 of 1,300 images
              stage   kind   images  for example
              decode  empty      55  a.jpg
            """);
  }

  @Test
  void staysBelowAHundredColumnsWhateverTheNames() {
    String name = "n".repeat(300);
    Evaluation evaluation =
        evaluation(
            summary(new ImageCounts(9_000_000_000L, 9_000_000_000L, 0, 10, 10, 9_000_000_000L, 7L)),
            List.of(metrics(0, name, 7_000_000_000L, 6, 1.0)),
            List.of(new ConfusionCell(0, name, 1, name, 7_000_000_000L)),
            List.of(new FailureGroup("decode", name, 7_000_000_000L, List.of(name))),
            List.of(new Finding(Finding.Kind.PERMUTED_CLASSES, name)));

    assertThat(SummaryText.of(evaluation, PROVENANCE).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(100));
  }

  @Test
  void writesNumbersTheSameInEveryLocale() {
    Evaluation evaluation =
        evaluation(
            summary(new ImageCounts(1300, 1250, 50, 55, 50, 1200, 7L)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    String expected = SummaryText.of(evaluation, PROVENANCE);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(SummaryText.of(evaluation, PROVENANCE)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Summary summary(ImageCounts images) {
    return new Summary(
        images,
        1000,
        TOP1,
        TOP5,
        TOP1_ALL,
        TOP5_ALL,
        1.23456,
        0.4,
        0.03123,
        new Averages(0.7, 0.6, 0.65),
        new Averages(0.8, 0.7, 0.75),
        new Agreement(0.6, 0.5, 0.5),
        12L);
  }

  private static ClassMetrics metrics(
      int index, String name, long support, long correct, Double precision) {
    double recall = (double) correct / support;
    return new ClassMetrics(index, name, support, 1, correct, 0, precision, recall, 0.5, null);
  }

  private static Evaluation nothing(ImageCounts images) {
    return evaluation(
        new Summary(images, 6, null, null, null, null, null, null, null, null, null, null, null),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Evaluation evaluation(
      Summary summary,
      List<ClassMetrics> classes,
      List<ConfusionCell> confusion,
      List<FailureGroup> failures,
      List<Finding> findings) {
    return new Evaluation(
        summary, classes, confusion, List.of(), List.of(), failures, List.of(), findings);
  }
}
