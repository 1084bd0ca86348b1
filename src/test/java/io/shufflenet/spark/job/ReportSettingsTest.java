package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.shufflenet.spark.evaluation.PredictionColumn;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

final class ReportSettingsTest {
  private final Map<String, String> given =
      new HashMap<>(Map.of("predictions.path", "/run", "output.path", "/report"));

  @Test
  void everyKeyHasItsDefault() throws IOException {
    Config settings = SettingsFile.REPORTING.read(new Configuration(), null, Map.of());

    assertThat(SettingsFile.REPORTING.keys())
        .extracting(key -> key + " = " + settings.getValue(key).unwrapped())
        .containsExactly(
            "class-names = ",
            "gates.drop = any",
            "gates.max-drop = 1",
            "gates.max-ece = 1",
            "gates.max-psi = 0",
            "gates.min-class-recall = 0",
            "gates.min-slice-top1 = 0",
            "gates.min-top1 = 0",
            "gates.min-top1-all = 0",
            "gates.min-top5 = 0",
            "image.max-bytes = 67108864",
            "image.max-pixels = 89478485",
            "labels.columns.label = ",
            "labels.columns.relative-path = ",
            "labels.format = auto",
            "labels.path = ",
            "output.path = ",
            "predictions.columns.error = ",
            "predictions.columns.label = ",
            "predictions.columns.label-nll = ",
            "predictions.columns.label-probability = ",
            "predictions.columns.label-rank = ",
            "predictions.columns.predicted = ",
            "predictions.columns.probability = ",
            "predictions.columns.relative-path = ",
            "predictions.columns.scores = ",
            "predictions.columns.squared-probability = ",
            "predictions.columns.top-k = ",
            "predictions.format = auto",
            "predictions.path = ",
            "report.baseline = ",
            "report.by = []",
            "report.fit-temperature = false",
            "report.min-support = 30",
            "report.review = 100",
            "report.thumbnails = 12",
            "where = ");
  }

  @Test
  void twoPathsAreEnough() throws IOException {
    ReportSettings settings = settings();

    assertThat(settings.labels()).isEmpty();
    assertThat(settings.where()).isEmpty();
    assertThat(settings.columns()).isEmpty();
  }

  @Test
  void columnsAreNamedByTheirKeys() throws IOException {
    given.put("predictions.columns.label", "truth");
    given.put("predictions.columns.squared-probability", "sum of squares");

    assertThat(settings().columns())
        .isEqualTo(
            Map.of(
                PredictionColumn.LABEL, "truth",
                PredictionColumn.SQUARED_PROBABILITY, "sum of squares"));
  }

  @Test
  void withoutPredictionsTheOptionIsNamed() {
    given.remove("predictions.path");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot start: predictions.path is not set; give --predictions PATH, or the key in a"
                + " --conf file");
  }

  private ReportSettings settings() throws IOException {
    return ReportSettings.of(SettingsFile.REPORTING.read(new Configuration(), null, given));
  }
}
