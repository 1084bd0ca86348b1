package io.shufflenet.spark.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DriftIT {
  @Test
  void countsEveryFeatureInTheBinsThatItsNameSays() {
    RunPredictions a =
        new RunTable()
            .image("1", 0, 0, 1)
            .image("2", null, 1, 0.25)
            .failed("3", null, "truncated")
            .named("/a", List.of("cat", "dog"));
    RunPredictions b =
        new RunTable()
            .image("4", null, 2, 0.2500001)
            .image("5", null, 1, 0)
            .named("/b", List.of("yak", "cat", "dog"));

    Drift drift = Drift.of(RunProfile.of(a), RunProfile.of(b), CommonClasses.of(a, b));

    assertThat(drift.features())
        .extracting(FeatureDrift::feature)
        .containsExactly("predicted-class", "confidence", "failure", "megapixels", "aspect-ratio");
    assertThat(bins(drift, 0)).containsExactlyInAnyOrder("cat 1 1", "dog 1 1");
    assertThat(bins(drift, 1))
        .containsExactlyInAnyOrder(
            "0.00 to 0.05 0 1", "0.20 to 0.25 1 0", "0.25 to 0.30 0 1", "0.95 to 1.00 1 0");
    assertThat(bins(drift, 2)).containsExactlyInAnyOrder("none 2 2", "decode: truncated 1 0");
    assertThat(bins(drift, 3)).containsExactly("0.25 to 0.5 2 2");
    assertThat(bins(drift, 4)).containsExactly("1.25 to 1.4 2 2");
  }

  private static List<String> bins(Drift drift, int feature) {
    return drift.features().get(feature).bins().stream()
        .map(bin -> bin.bin() + " " + bin.a() + " " + bin.b())
        .toList();
  }
}
