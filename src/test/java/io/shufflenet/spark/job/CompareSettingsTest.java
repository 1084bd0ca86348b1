package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.shufflenet.spark.evaluation.comparison.ComparisonLimits;
import io.shufflenet.spark.evaluation.comparison.DropLimit;
import io.shufflenet.spark.job.CompareSettings.Pairing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompareSettingsTest {
  private final Map<String, String> given = new HashMap<>(Map.of("output.path", "/results"));

  @Test
  void everyKeyHasItsDefault() throws IOException {
    Config settings = SettingsFile.COMPARISON.read(new Configuration(), null, Map.of());

    assertThat(SettingsFile.COMPARISON.keys())
        .extracting(key -> key + " = " + settings.getValue(key).unwrapped())
        .containsExactly(
            "compare.by = []",
            "compare.unpaired = false",
            "gates.drop = any",
            "gates.max-drop = 1",
            "gates.max-psi = 0",
            "output.path = ");
  }

  @Test
  void theExampleHasItsSettings() throws IOException {
    Config example =
        SettingsFile.COMPARISON.read(new Configuration(), "../conf/compare.conf", Map.of());

    CompareSettings settings = CompareSettings.of(example);

    assertThat(settings.limits()).isEqualTo(new ComparisonLimits(0.01, DropLimit.SIGNIFICANT, 0));
    assertThat(settings.pairing()).isEqualTo(Pairing.BY_PATH);
  }

  @Test
  void columnsAreSplitAtCommas() throws IOException {
    given.put("compare.by", "camera, site");

    assertThat(settings().by()).isEqualTo(List.of("camera", "site"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gates.max-drop | 1.5 | Cannot use gates.max-drop = 1.5: it is a share, from 0 to 1",
        "gates.max-psi | -1 | Cannot use gates.max-psi = -1.0: at least 0",
        "gates.drop | big | Cannot use gates.drop = big: it is one of [any, significant]",
        "compare.by | a,a | Cannot use compare.by = a, a: a column stands there twice",
        "output.path | '' | Cannot start: output.path is not set; give --output PATH, or the key"
            + " in a --conf file"
      })
  void whatCannotBeUsedIsNamed(String key, String value, String message) {
    given.put(key, value);

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void slicesNeedPairs() {
    given.put("compare.by", "camera");
    given.put("compare.unpaired", "true");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use compare.by = camera with compare.unpaired: slices are of images in both"
                + " runs");
  }

  private CompareSettings settings() throws IOException {
    return CompareSettings.of(SettingsFile.COMPARISON.read(new Configuration(), null, given));
  }
}
