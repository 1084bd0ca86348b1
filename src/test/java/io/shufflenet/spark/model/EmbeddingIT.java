package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.torchscript.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector that compiled networks give beside the logits. */
class EmbeddingIT {
  private static final int CLASSES = 10;
  private static final Preprocessing SMALL = Preprocessing.TORCHVISION.atSize(64);
  private static final List<byte[]> CROPS = CompiledNetwork.crops(5, SMALL.cropSize());
  private static final Architecture SMALLEST = new Architecture(3, "0.5x");

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("variantsAndTargets")
  void isWhatTheBlocksLinearLayerTakes(Architecture variant, Target target) {
    float[][] expected = CompiledNetwork.blockLogits(givingPooled(variant), SMALL, CROPS);

    float[][] embeddings = embeddings(variant, target);

    assertThat(embeddings).hasDimensions(CROPS.size(), variant.features());
    assertThat(largestDifference(embeddings, expected)).isLessThan(1e-4);
    assertThat(CompiledNetwork.difference(embeddings, expected)).isLessThan(1e-4);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("variantsAndTargets")
  void changesNoBitOfTheLogits(Architecture variant, Target target) {
    Weights weights = Golden.weights(variant, CLASSES);

    assertThat(firsts(outputs(weights, target.giving(NetworkOutput.LOGITS_AND_EMBEDDING))))
        .isDeepEqualTo(outputs(weights, target));
  }

  @Test
  void isNearTheBlocksInShorterFloats() {
    float[][] expected = CompiledNetwork.blockLogits(givingPooled(SMALLEST), SMALL, CROPS);

    float[][] embeddings = embeddings(SMALLEST, Target.of(Backend.PORTABLE, Precision.BFLOAT16));

    assertThat(CompiledNetwork.difference(embeddings, expected)).isBetween(1e-4, 3e-2);
  }

  @Test
  void aClassifierGivesItOnlyWhereItIsAskedFor() {
    List<byte[]> crops = CompiledNetwork.crops(11, SMALL.cropSize());
    try (Classifier plain = classifier(NetworkOutput.LOGITS);
        Classifier embedding = classifier(NetworkOutput.LOGITS_AND_EMBEDDING)) {
      embedding.check(plain.checkLogits());

      float[][] outputs = embedding.outputs(crops);

      assertThat(plain.outputs(crops)).isDeepEqualTo(firsts(outputs));
      assertThat(embedding.logits(crops)).isDeepEqualTo(firsts(outputs));
      assertThat(outputs).hasDimensions(crops.size(), CLASSES + SMALLEST.features());
      assertThat(embedding.outputs(crops.subList(9, 10))[0]).isEqualTo(outputs[9]);
    }
  }

  private static Classifier classifier(NetworkOutput output) {
    return Classifier.load(
        Golden.weights(SMALLEST, CLASSES), SMALL, ComputeDevice.CPU, PrecisionPolicy.FP32, output);
  }

  /** The same network with a linear layer that changes nothing. */
  private static Weights givingPooled(Architecture variant) {
    int features = variant.features();
    float[] identity = new float[features * features];
    for (int index = 0; index < features; index++) {
      identity[index * features + index] = 1;
    }
    Map<String, Tensor> tensors = Golden.stateDict(variant, features);
    tensors.put(Architecture.CLASSIFIER_WEIGHT, Tensor.ofFloats(identity, features, features));
    return Weights.of(tensors, "golden", "");
  }

  private static float[][] embeddings(Architecture variant, Target target) {
    Weights weights = Golden.weights(variant, CLASSES);
    return Arrays.stream(outputs(weights, target.giving(NetworkOutput.LOGITS_AND_EMBEDDING)))
        .map(row -> Arrays.copyOfRange(row, CLASSES, row.length))
        .toArray(float[][]::new);
  }

  private static float[][] outputs(Weights weights, Target target) {
    try (CompiledNetwork network = CompiledNetwork.of(weights, SMALL, target)) {
      return network.logits(CROPS);
    }
  }

  private static float[][] firsts(float[][] outputs) {
    return Arrays.stream(outputs).map(row -> Arrays.copyOf(row, CLASSES)).toArray(float[][]::new);
  }

  private static double largestDifference(float[][] actual, float[][] expected) {
    double largest = 0;
    for (int image = 0; image < expected.length; image++) {
      for (int index = 0; index < expected[image].length; index++) {
        double difference = Math.abs((double) actual[image][index] - expected[image][index]);
        largest = Math.max(largest, difference);
      }
    }
    return largest;
  }

  static Stream<Arguments> variantsAndTargets() {
    return Stream.of(SMALLEST, new Architecture(8, "0.5x"), new Architecture(3, "1.0x"))
        .flatMap(
            variant ->
                CompilerIT.EXACT_TARGETS.stream().map(target -> Arguments.of(variant, target)));
  }
}
