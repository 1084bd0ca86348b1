package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

final class JobSettingsTest {
  private final Map<String, String> given =
      new HashMap<>(
          Map.of(
              "input.path", "/images",
              "model.path", "/model.pth.tar",
              "output.path", "/results"));

  @Test
  void threePathsAreEnough() throws IOException {
    assertThat(settings().topK()).isEqualTo(5);
  }

  @Test
  void aMissingPathIsNamedWithTheOptionThatGivesIt() {
    given.remove("model.path");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot start: model.path is not set; give --model FILE, or the key in a --conf file");
  }

  @Test
  void aNumberThatIsNoneNamesItsKey() {
    given.put("inference.top-k", "many");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use inference.top-k = many: it must be a number");
  }

  @Test
  void aNumberOutOfRangeNamesItsKey() {
    given.put("inference.top-k", "0");

    assertThatThrownBy(this::settings).hasMessage("Cannot use inference.top-k = 0: at least 1");
  }

  @Test
  void anUnknownDeviceNamesTheKnownOnes() {
    given.put("inference.device", "tpu");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use inference.device = tpu: it is one of [auto, cpu, gpu]");
  }

  @Test
  void aFailureRateIsAShare() {
    given.put("max-failure-rate", "5");

    assertThatThrownBy(this::settings)
        .hasMessage("Cannot use max-failure-rate = 5.0: it is a share, from 0 to 1");
  }

  private JobSettings settings() throws IOException {
    return JobSettings.of(SettingsFile.read(new Configuration(), null, given));
  }
}
