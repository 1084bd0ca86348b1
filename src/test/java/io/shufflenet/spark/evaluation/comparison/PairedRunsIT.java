package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PairedRunsIT {
  private static final List<String> NAMES = List.of("cat", "dog", "owl", "yak", "eel", "fox");

  @Test
  void tellsWhatChangedImageByImage() {
    RunPredictions a =
        new RunTable()
            .image("1", 0, 0, 0.9)
            .image("2", 0, 1, 0.5)
            .image("3", 0, 0, 0.7)
            .image("4", 1, 2, 0.5)
            .image("5", 1, 1, 0.8)
            .image("6", null, 3, 0.6)
            .image("7", 2, 2, 0.6)
            .image("8", 2, 3, 0.6)
            .image("only-a", 0, 0, 0.5)
            .failed("failed-a", 0, "truncated")
            .failed("failed-both", null, "truncated")
            .image("failed-b", 1, 1, 0.5)
            .named("/a", NAMES);
    RunPredictions b =
        new RunTable()
            .image("1", 0, 0, 0.8, "x")
            .image("2", 0, 0, 0.5, "x")
            .image("3", 0, 1, 0.9, "y")
            .ranked("4", 1, 3, 0.5, "y", 9)
            .image("5", 1, 2, 0.6, null)
            .image("6", null, 4, 0.6, "x")
            .image("7", 3, 3, 0.5, "x")
            .image("8", null, 3, 0.6, "x")
            .image("only-b", 0, 0, 0.5, "z")
            .image("failed-a", 0, 0, 0.5, "z")
            .failed("failed-both", null, "truncated")
            .failed("failed-b", 1, "gone")
            .named("/b", NAMES);

    try (PairedRuns runs = PairedRuns.join(a, b, List.of("camera"))) {
      PairedComparison comparison = runs.measure();

      assertThat(comparison.images())
          .isEqualTo(
              new PairedImages(12, 12, 11, 1, 1, 1, 1, 1, 8, 2, 2, 1, 5, "only-a", "only-b", "7"));
      assertThat(comparison.agreement()).isEqualTo(0.25);
      assertThat(comparison.top1().images()).isEqualTo(5);
      assertThat(comparison.top1().a().hits()).isEqualTo(3);
      assertThat(comparison.top1().b().hits()).isEqualTo(2);
      assertThat(comparison.top1().gained()).isEqualTo(1);
      assertThat(comparison.top1().lost()).isEqualTo(2);
      assertThat(comparison.top1().pValue()).isEqualTo(1);
      assertThat(comparison.top5().a().hits()).isEqualTo(5);
      assertThat(comparison.top5().b().hits()).isEqualTo(4);
      assertThat(comparison.meanConfidenceA()).isCloseTo(0.65, within(1e-8));
      assertThat(comparison.meanConfidenceB()).isCloseTo(0.625, within(1e-8));
      assertThat(comparison.perClass())
          .containsExactly(
              new ClassComparison(1, "dog", 2, 0.5, 0, -0.5, 0, 1),
              new ClassComparison(0, "cat", 3, 2 / 3.0, 2 / 3.0, 0, 1, 1));
      assertThat(comparison.slices())
          .extracting(SliceComparison::value)
          .containsExactly(null, "y", "x");
      assertThat(comparison.slices().get(2).top1().difference().difference()).isEqualTo(0.5);
      assertThat(
              runs.changed()
                  .select("relative_path", "label", "predicted_a", "predicted_b", "change")
                  .collectAsList())
          .extracting(row -> row.mkString(" "))
          .containsExactly(
              "2 cat dog cat gained",
              "3 cat cat dog lost",
              "4 dog owl yak other",
              "5 dog dog owl lost",
              "6 null yak eel other",
              "7 null owl yak other");
      assertThat(comparison.examples())
          .extracting(ChangedImage::relativePath)
          .containsExactly("3", "5", "2", "4", "6", "7");
    }
  }

  @Test
  void comparesByNameWhateverTheIndices() {
    RunPredictions a =
        new RunTable()
            .image("1", 0, 0, 0.9)
            .image("2", 1, 0, 0.9)
            .named("/a", List.of("cat", "dog"));
    RunPredictions b =
        new RunTable()
            .image("1", 2, 2, 0.9)
            .image("2", 1, 0, 0.9)
            .named("/b", List.of("yak", "dog", "cat"));

    try (PairedRuns runs = PairedRuns.join(a, b, List.of())) {
      PairedComparison comparison = runs.measure();

      assertThat(comparison.top1().a().hits()).isEqualTo(1);
      assertThat(comparison.top1().b().hits()).isEqualTo(1);
      assertThat(comparison.top5()).isNull();
      assertThat(comparison.examples())
          .containsExactly(
              new ChangedImage("2", "dog", "cat", 0.9f, "yak", 0.9f, ChangedImage.OTHER));
    }
  }

  @Test
  void withoutLabelsThereIsAgreementOnly() {
    RunPredictions a = new RunTable().image("1", null, 0, 0.9).named("/a", NAMES);
    RunPredictions b = new RunTable().image("1", null, 0, 0.9).named("/b", NAMES);

    try (PairedRuns runs = PairedRuns.join(a, b, List.of("camera"))) {
      PairedComparison comparison = runs.measure();

      assertThat(comparison.top1()).isNull();
      assertThat(comparison.top5()).isNull();
      assertThat(comparison.slices()).isEmpty();
      assertThat(comparison.agreement()).isEqualTo(1);
    }
  }

  @Test
  void aPathThatStandsInARunTwiceIsRefused() {
    RunPredictions a = new RunTable().image("1", 0, 0, 0.9).named("/a", NAMES);
    RunPredictions b =
        new RunTable()
            .image("2", 0, 0, 1)
            .image("1", 0, 0, 1)
            .image("1", 0, 0, 1)
            .named("/b", NAMES);

    assertThatThrownBy(() -> PairedRuns.join(a, b, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot compare /b image by image: 2 of its images have the relative path 1. With --unpaired");
  }

  @Test
  void runsWithoutACommonImageAreRefused() {
    RunPredictions a = new RunTable().image("a/1", 0, 0, 0.9).named("/a", NAMES);
    RunPredictions b = new RunTable().image("b/1", 0, 0, 0.9).named("/b", NAMES);

    assertThatThrownBy(() -> PairedRuns.join(a, b, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot compare /b with /a image by image: no image is in both. The first paths are b/1"
                + " and a/1. With --unpaired");
  }

  @Test
  void aColumnThatMakesNoSlicesIsRefused() {
    RunPredictions a = new RunTable().image("1", 0, 0, 0.9).named("/a", NAMES);

    assertThatThrownBy(() -> PairedRuns.join(a, a, List.of("kamera")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot use compare.by = kamera: the predictions of /a have no such column; they have path, ");
    assertThatThrownBy(() -> PairedRuns.join(a, a, List.of("error")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use compare.by = error: it is of type struct<");
  }

  @Test
  void aColumnOfTooManyValuesIsRefused() {
    RunTable table = new RunTable();
    IntStream.rangeClosed(0, 1000).forEach(i -> table.image("" + i, 0, 0, 0.9, "camera-" + i));
    RunPredictions run = table.named("/a", NAMES);

    try (PairedRuns runs = PairedRuns.join(run, run, List.of("camera"))) {
      assertThatThrownBy(runs::measure)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot use compare.by = camera: it has more than 1,000 different values");
    }
  }
}
