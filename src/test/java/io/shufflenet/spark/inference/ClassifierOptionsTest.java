package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClassifierOptionsTest {
  @Test
  void allButTheModelHasADefault() {
    assertThat(of(Map.of("model", "/m")))
        .isEqualTo(
            new ClassifierOptions(
                "/m",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PrecisionPolicy.FP32,
                DevicePolicy.AUTO,
                5,
                Embedding.NONE));
  }

  @Test
  void caseAndHyphensOfNamesDoNotCount() {
    ClassifierOptions options =
        of(
            Map.of(
                "Model", "/m",
                "MODEL-SHA256", "ab",
                "classnames", "/names",
                "preprocessing", "torchvision",
                "precision", "AUTO",
                "device", "cpu",
                "topK", " 3",
                "embedding", "pooled"));

    assertThat(options)
        .isEqualTo(
            new ClassifierOptions(
                "/m",
                Optional.of("ab"),
                Optional.of("/names"),
                Optional.of(Preprocessing.TORCHVISION),
                PrecisionPolicy.AUTO,
                DevicePolicy.CPU,
                3,
                Embedding.POOLED));
  }

  @Test
  void whatIsBlankIsNotSet() {
    assertThat(of(Map.of("model", "/m", "top-k", "", "precision", " ")).topK()).isEqualTo(5);
    assertRefused(
        Map.of("model", " "),
        "Cannot classify images: the option model is not set; it names a checkpoint");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertRefused(
        Map.of("model", "/m", "modelSha25", "ab"),
        "Cannot use the option modelSha25: there is none of that name; the nearest is model-sha256");
    assertRefused(Map.of("model", "/m", "top-k", "0"), "Cannot use top-k = 0: at least 1");
    assertRefused(
        Map.of("model", "/m", "top-k", "five"), "Cannot use top-k = five: it must be a number");
    assertRefused(
        Map.of("model", "/m", "device", "tpu"),
        "Cannot use device = tpu: it is one of [auto, cpu, gpu]");
  }

  private static void assertRefused(Map<String, String> options, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(options)).withMessage(message);
  }

  private static ClassifierOptions of(Map<String, String> options) {
    return ClassifierOptions.of(ClassifierOptions.named(options, ClassifierOptions.NAMES));
  }
}
