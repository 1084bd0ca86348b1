package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.shufflenet.spark.checkpoint.GoldenWeights;
import io.shufflenet.spark.image.Preprocessing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierIT {
  /** Of float32 arithmetic against float64, on logits of order 1. */
  private static final float GOLDEN_TOLERANCE = 1e-4f;

  /** Of float32 arithmetic in another order, on logits of order 10. */
  private static final float ORDER_TOLERANCE = 1e-4f;

  private static final Architecture SMALL = new Architecture(3, "0.5x");
  static final List<Architecture> VARIANTS = Architecture.ALL;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shufflenetv1-0.5x-g3-10c.zip.pth.tar",
        "shufflenetv1-0.5x-g3-10c.legacy.pth.tar",
        "shufflenetv1-0.5x-g3-10c.bare.mdl"
      })
  void aCheckpointGivesTheLogitsThatItGivesInPyTorch(String file) throws IOException {
    Weights weights = Weights.read(Golden.bytes(file), file);
    float[][] expected = Golden.logits(Golden.json("logits-0.5x-g3-10c.json"));

    try (NDManager manager = Inputs.cpu()) {
      ShuffleNetV1 block = new ShuffleNetV1(manager, weights.architecture(), weights.tensors());
      float[][] logits =
          Inputs.logits(manager, block, GoldenWeights.values("input", 2, 3, 224, 224));

      assertThat(logits[0]).containsExactly(expected[0], within(GOLDEN_TOLERANCE));
      assertThat(logits[1]).containsExactly(expected[1], within(GOLDEN_TOLERANCE));
    }
  }

  @Test
  void givesTheNetworkThePixelsOfEachCrop() {
    Weights weights = Golden.weights(SMALL, 10);
    byte[] crop = Inputs.crops(1, 1).get(0);

    try (NDManager manager = Inputs.cpu();
        Classifier classifier = megvii(weights)) {
      ShuffleNetV1 block = new ShuffleNetV1(manager, SMALL, weights.tensors());
      float[] expected = Inputs.logits(manager, block, Inputs.planes(crop))[0];

      assertThat(classifier.logits(List.of(crop))[0])
          .containsExactly(expected, within(ORDER_TOLERANCE));
    }
  }

  @Test
  void normalisesEachChannelAsThePreprocessingSays() {
    Weights weights = Golden.weights(SMALL, 10);
    byte[] crop = Inputs.crops(1, 1).get(0);
    float[] planes = Inputs.planes(crop);
    Preprocessing preprocessing = Preprocessing.TORCHVISION;
    for (int index = 0; index < planes.length; index++) {
      int channel = index / (224 * 224);
      planes[index] =
          (planes[index] - preprocessing.mean().get(channel))
              / preprocessing.deviation().get(channel);
    }

    try (NDManager manager = Inputs.cpu();
        Classifier classifier =
            Classifier.load(
                weights,
                preprocessing,
                ComputeDevice.CPU,
                PrecisionPolicy.FP32,
                NetworkOutput.LOGITS)) {
      ShuffleNetV1 block = new ShuffleNetV1(manager, SMALL, weights.tensors());
      float[] expected = Inputs.logits(manager, block, planes)[0];

      assertThat(classifier.logits(List.of(crop))[0])
          .containsExactly(expected, within(ORDER_TOLERANCE));
    }
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void theSameCropGivesTheSameBitsInEveryCompany(Architecture architecture) {
    List<byte[]> crops = Inputs.crops(11, 2);
    List<byte[]> reversed = new ArrayList<>(crops);
    Collections.reverse(reversed);

    try (Classifier classifier = megvii(Golden.weights(architecture, 1000))) {
      float[][] together = classifier.logits(crops);
      float[][] backwards = classifier.logits(reversed);

      assertThat(backwards[10]).isEqualTo(together[0]);
      assertThat(backwards[1]).isEqualTo(together[9]);
      assertThat(classifier.logits(crops.subList(3, 8))[2]).isEqualTo(together[5]);
      assertThat(classifier.logits(crops.subList(9, 10))[0]).isEqualTo(together[9]);
    }
  }

  @Test
  void threadsShareIt() throws Exception {
    List<byte[]> crops = Inputs.crops(16, 3);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    try (Classifier classifier = megvii(Golden.weights(SMALL, 10))) {
      float[][] expected = classifier.logits(crops);
      List<Future<float[][]>> results = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        results.add(threads.submit(() -> classifier.logits(crops)));
      }

      for (Future<float[][]> result : results) {
        assertThat(result.get()).isDeepEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void computesInTheCallingThreadAloneWhicheverItIs() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();

    try (Classifier classifier = megvii(Golden.weights(SMALL, 10))) {
      threads.submit(() -> classifier.logits(Inputs.crops(1, 4))).get();

      assertThat(threads.submit(JniUtils::getNumThreads).get()).isEqualTo(1);
      assertThat(JniUtils.getNumInteropThreads()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void passesItsOwnCheck() {
    try (Classifier classifier = megvii(Golden.weights(SMALL, 10))) {
      classifier.check(classifier.checkLogits());
    }
  }

  @Test
  void passesTheCheckOfAnotherKindOfProcessor() {
    try (Classifier classifier = megvii(Golden.weights(SMALL, 10))) {
      float[] expected = classifier.checkLogits();
      expected[0] = Math.nextUp(Math.nextUp(expected[0]));

      classifier.check(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, Float.NaN})
  void failsTheCheckOfOtherLogitsByName(float wrong) {
    try (Classifier classifier = megvii(Golden.weights(SMALL, 10))) {
      float[] expected = classifier.checkLogits();
      expected[3] += wrong;

      assertThatThrownBy(() -> classifier.check(expected))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "Cannot trust cpu of \\S.*: its logits of the built-in check image differ from the"
                  + " driver's by up to (1\\.00|NaN), and \\S+ is allowed");
    }
  }

  @Test
  void refusesACropOfAnotherLength() {
    try (Classifier classifier = megvii(Golden.weights(SMALL, 10))) {
      assertThatThrownBy(() -> classifier.logits(List.of(new byte[3])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot classify a crop of 3 bytes: the preprocessing makes crops of 150528");
    }
  }

  @Test
  void refusesToClassifyOnceClosed() {
    Classifier classifier = megvii(Golden.weights(SMALL, 10));
    classifier.close();

    assertThatThrownBy(() -> classifier.logits(Inputs.crops(1, 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot classify: the classifier is closed");
  }

  @Test
  void refusesAGpuWhereLibtorchHasNone() {
    assertThatThrownBy(() -> ComputeDevice.resolve(DevicePolicy.GPU, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Cannot use a GPU \\(device = gpu\\): the libtorch in /.* is built without CUDA; .* how to"
                + " get one");
  }

  private static Classifier megvii(Weights weights) {
    return Classifier.load(
        weights,
        Preprocessing.MEGVII,
        ComputeDevice.CPU,
        PrecisionPolicy.FP32,
        NetworkOutput.LOGITS);
  }
}
