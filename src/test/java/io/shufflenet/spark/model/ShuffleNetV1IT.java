package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import io.shufflenet.spark.checkpoint.GoldenWeights;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShuffleNetV1IT {
  /** The golden logits are of float64 arithmetic and of order 1. */
  private static final float TOLERANCE = 1e-4f;

  private static final Architecture SMALL = new Architecture(3, "0.5x");

  private final NDManager manager = Inputs.cpu();

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenLogits")
  void computesWhatPyTorchComputes(Architecture architecture, float[][] expected) {
    ShuffleNetV1 block = block(architecture, 1000);

    float[][] logits = Inputs.logits(manager, block, GoldenWeights.values("input", 2, 3, 224, 224));

    for (int image = 0; image < expected.length; image++) {
      assertThat(logits[image]).containsExactly(expected[image], within(TOLERANCE));
    }
  }

  @Test
  void callsItsParametersAsTheStateDict() {
    assertThat(block(SMALL, 10).getParameters().keys())
        .containsExactlyElementsOf(
            SMALL.stateDict(10).keySet().stream()
                .filter(name -> !Architecture.isBatchCount(name))
                .toList());
  }

  @Test
  void givesAGradientToAllThatIsLearned() {
    ShuffleNetV1 block = block(SMALL, 10);
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 3, 224, 224));

    train(block, images());

    assertThat(block.getParameters().values())
        .filteredOn(Parameter::requiresGradient)
        .hasSize(148)
        .allSatisfy(
            parameter ->
                assertThat(parameter.getArray().getGradient().abs().max().getFloat()).isPositive());
  }

  @Test
  void movesTheRunningMeanATenthOfTheWayInTraining() {
    ShuffleNetV1 block = block(SMALL, 10);
    NDArray images = images();
    float[] before = value(block, "first_conv.1.running_mean").toFloatArray();
    float[] batchMean =
        firstConvolution(block, images)
            .swapAxes(0, 1)
            .reshape(before.length, -1)
            .mean(new int[] {1})
            .toFloatArray();

    train(block, images);

    float[] after = value(block, "first_conv.1.running_mean").toFloatArray();
    for (int channel = 0; channel < after.length; channel++) {
      float expected = 0.9f * before[channel] + 0.1f * batchMean[channel];
      assertThat(after[channel]).isCloseTo(expected, within(1e-5f));
    }
  }

  private ShuffleNetV1 block(Architecture architecture, int classes) {
    return new ShuffleNetV1(manager, architecture, Golden.stateDict(architecture, classes));
  }

  private NDArray images() {
    Shape shape = new Shape(2, 3, 224, 224);
    return manager.create(GoldenWeights.values("input", 2, 3, 224, 224), shape);
  }

  /** One pass forward and back, without a step. */
  private void train(ShuffleNetV1 block, NDArray images) {
    try (GradientCollector collector = Libtorch.engine().newGradientCollector()) {
      NDArray logits =
          block
              .forward(new ParameterStore(manager, false), new NDList(images), true)
              .singletonOrThrow();
      collector.backward(logits.square().sum());
    }
  }

  private static NDArray firstConvolution(ShuffleNetV1 block, NDArray images) {
    NDArray weight = value(block, "first_conv.0.weight");
    return Conv2d.conv2d(images, weight, null, new Shape(2, 2), new Shape(1, 1)).singletonOrThrow();
  }

  private static NDArray value(ShuffleNetV1 block, String name) {
    return block.getParameters().get(name).getArray();
  }

  static Stream<Arguments> goldenLogits() {
    JsonArray cases = Golden.json("logits.json").getAsJsonObject().getAsJsonArray("cases");
    return IntStream.range(0, cases.size())
        .mapToObj(
            index -> Arguments.of(Architecture.ALL.get(index), Golden.logits(cases.get(index))));
  }
}
