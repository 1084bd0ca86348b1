package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.TrainableNetwork.BatchResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The smallest variant on small noise images. */
final class TrainableNetworkIT {
  private static final Preprocessing PREPROCESSING = Preprocessing.MEGVII.atSize(64);
  private static final int CROP_BYTES = 64 * 64 * 3;
  private static final int CLASSES = 4;
  private static final int[] LABELS = {0, 1, 2, 3, 3, 2, 1, 0};
  private static final double RATE = 0.005;

  /** Moves also a weight whose gradient is small. */
  private static final double LARGE_RATE = 1;

  /** Without momentum and decay, the momentum buffers are the gradients. */
  private static final SgdSettings PLAIN = new SgdSettings(0, 0, 0);

  private static final SgdSettings USUAL = new SgdSettings(0.9, 4e-5, 0);

  /** Of sums over a million numbers in float32. */
  private static final Percentage ROUNDING = Percentage.withPercentage(0.01);

  private final Weights start = Weights.initialised(new Architecture(3, "0.5x"), CLASSES, 1);
  private final ByteBuffer crops = crops(1);

  private static ByteBuffer crops(long seed) {
    byte[] noise = new byte[LABELS.length * CROP_BYTES];
    new Random(seed).nextBytes(noise);
    return ByteBuffer.allocateDirect(noise.length).put(noise).flip();
  }

  private TrainableNetwork network(SgdSettings sgd) {
    return network(start, sgd, Stage.STEM);
  }

  private static TrainableNetwork network(Weights weights, SgdSettings sgd, Stage firstTrained) {
    return TrainableNetwork.load(
        weights, PREPROCESSING, ComputeDevice.CPU, new TrainableSettings(sgd, 0.1, firstTrained));
  }

  @Test
  void learnsABatchByHeart() {
    try (TrainableNetwork network = network(USUAL)) {
      BatchResult first = network.step(crops, LABELS, RATE);
      BatchResult last = first;
      for (int step = 1; step < 20; step++) {
        last = network.step(crops, LABELS, RATE);
      }

      assertThat(first.loss()).isCloseTo(Math.log(CLASSES), within(0.2));
      assertThat(last.loss()).isLessThan(first.loss() / 2);
      assertThat(last.correct()).isEqualTo(LABELS.length);
    }
  }

  @Test
  void movesWeightsByRateTimesMomentum() {
    try (TrainableNetwork network = network(PLAIN)) {
      network.step(crops, LABELS, RATE);

      Map<String, Tensor> after = network.stateDict();
      network.momentum().forEach((name, buffer) -> requireMove(name, buffer, after.get(name)));
    }
  }

  private void requireMove(String name, Tensor buffer, Tensor after) {
    float[] moved = after.toFloats();
    float[] before = start.tensors().get(name).toFloats();
    float[] gradient = buffer.toFloats();
    float[] expected = new float[moved.length];
    for (int index = 0; index < expected.length; index++) {
      expected[index] = (float) (before[index] - RATE * gradient[index]);
    }
    assertThat(moved).as(name).containsExactly(expected, within(1e-6f));
  }

  @Test
  void aRateOfZeroMovesNoWeight() {
    try (TrainableNetwork network = network(USUAL)) {
      network.step(crops, LABELS, 0);

      assertThat(learned(network)).isEqualTo(learned(start.tensors()));
    }
  }

  @Test
  void scalesLargeGradientsDownToTheClipNorm() {
    Map<String, Tensor> gradients = gradients(PLAIN);
    double clipNorm = norm(gradients) / 10;

    Map<String, Tensor> clipped = gradients(new SgdSettings(0, 0, clipNorm));

    assertThat(norm(clipped)).isCloseTo(clipNorm, ROUNDING);
    clipped.forEach((name, tensor) -> requireTenth(name, gradients.get(name), tensor));
  }

  private static void requireTenth(String name, Tensor whole, Tensor clipped) {
    float[] expected = whole.toFloats();
    for (int index = 0; index < expected.length; index++) {
      expected[index] /= 10;
    }
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(clipped.toFloats()).as(name).containsExactly(expected, within(1e-4f * largest));
  }

  @Test
  void leavesGradientsBelowTheClipNormAlone() {
    Map<String, Tensor> gradients = gradients(PLAIN);

    Map<String, Tensor> clipped = gradients(new SgdSettings(0, 0, norm(gradients) * 1.01));

    assertThat(clipped).isEqualTo(gradients);
  }

  private Map<String, Tensor> gradients(SgdSettings sgd) {
    try (TrainableNetwork network = network(sgd)) {
      network.step(crops, LABELS, RATE);
      return network.momentum();
    }
  }

  private static double norm(Map<String, Tensor> tensors) {
    double squares = 0;
    for (Tensor tensor : tensors.values()) {
      for (float value : tensor.toFloats()) {
        squares += (double) value * value;
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void gradientsDoNotAddUpOverSteps() {
    try (TrainableNetwork network = network(PLAIN)) {
      network.step(crops, LABELS, 0);
      Map<String, Tensor> first = network.momentum();
      network.step(crops, LABELS, 0);

      assertThat(network.momentum()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatStandsBeforeTheFirstTrainedStageStaysBitForBit(Stage firstTrained) {
    Map<String, Tensor> after;
    try (TrainableNetwork network = network(start, USUAL, firstTrained)) {
      network.step(crops, LABELS, LARGE_RATE);
      network.step(crops, LABELS, LARGE_RATE);
      network.updateStatistics(crops, 1);
      after = network.stateDict();
    }

    assertThat(after.keySet()).isEqualTo(start.tensors().keySet());
    after.forEach(
        (name, tensor) -> {
          boolean frozen = Stage.of(name).compareTo(firstTrained) < 0;
          assertThat(tensor.equals(start.tensors().get(name))).as(name).isEqualTo(frozen);
        });
  }

  @Test
  void onlyTrainedParametersHaveMomentum() {
    try (TrainableNetwork network = network(start, USUAL, Stage.CLASSIFIER)) {
      assertThat(network.momentum()).containsOnlyKeys(Architecture.CLASSIFIER_WEIGHT);
    }
  }

  @Test
  void countsThePassesOfTraining() {
    try (TrainableNetwork network = network(USUAL)) {
      network.step(crops, LABELS, RATE);
      network.updateStatistics(crops, 0.5);
      network.step(crops, LABELS, RATE);
      network.logits(crops);

      assertThat(network.stateDict().get("first_conv.1.num_batches_tracked").toLong()).isEqualTo(3);
    }
  }

  @Test
  void updatesTheStatisticsAndNothingElse() {
    try (TrainableNetwork network = network(USUAL)) {
      network.updateStatistics(crops, 1);

      Map<String, Tensor> after = network.stateDict();
      assertThat(learned(after)).isEqualTo(learned(start.tensors()));
      assertThat(after.get("first_conv.1.running_mean"))
          .isNotEqualTo(start.tensors().get("first_conv.1.running_mean"));
    }
  }

  @Test
  void statisticsOfOneBatchReplaceThoseThatWere() {
    Map<String, Tensor> fresh;
    try (TrainableNetwork network = network(USUAL)) {
      network.updateStatistics(crops, 1);
      fresh = network.stateDict();
    }
    try (TrainableNetwork network = network(USUAL)) {
      network.updateStatistics(crops(2), 1);
      network.updateStatistics(crops, 1);

      String mean = "features.5.branch_main_1.1.running_mean";
      assertThat(network.stateDict().get(mean)).isEqualTo(fresh.get(mean));
    }
  }

  @Test
  void classifiesAsTheClassifierDoesOfItsWeights() {
    float[] logits;
    Weights trained;
    try (TrainableNetwork network = network(USUAL)) {
      network.step(crops, LABELS, RATE);
      network.step(crops, LABELS, RATE);
      trained = weights(network);
      logits = network.logits(crops);
    }

    try (Classifier classifier =
        Classifier.load(
            trained,
            PREPROCESSING,
            ComputeDevice.CPU,
            PrecisionPolicy.FP32,
            NetworkOutput.LOGITS)) {
      float[][] expected = classifier.logits(separate(crops));
      for (int image = 0; image < LABELS.length; image++) {
        assertThat(Arrays.copyOfRange(logits, image * CLASSES, (image + 1) * CLASSES))
            .containsExactly(expected[image], within(1e-4f));
      }
    }
  }

  private static List<byte[]> separate(ByteBuffer crops) {
    List<byte[]> separate = new ArrayList<>();
    ByteBuffer rest = crops.duplicate();
    while (rest.hasRemaining()) {
      byte[] crop = new byte[CROP_BYTES];
      rest.get(crop);
      separate.add(crop);
    }
    return separate;
  }

  @Test
  void goesOnFromWhatWasSavedAsIfItHadNotStopped() {
    Weights saved;
    Map<String, Tensor> momentum;
    Map<String, Tensor> expected;
    try (TrainableNetwork network = network(USUAL)) {
      network.step(crops, LABELS, RATE);
      network.step(crops(2), LABELS, RATE);
      saved = weights(network);
      momentum = network.momentum();
      network.step(crops(3), LABELS, RATE);
      network.step(crops, LABELS, RATE / 2);
      expected = network.stateDict();
    }

    try (TrainableNetwork network = network(saved, USUAL, Stage.STEM)) {
      network.restoreMomentum(momentum);
      network.step(crops(3), LABELS, RATE);
      network.step(crops, LABELS, RATE / 2);

      assertThat(network.stateDict()).isEqualTo(expected);
    }
  }

  @Test
  void refusesTheMomentumOfOtherParameters() {
    Map<String, Tensor> ofClassifier;
    try (TrainableNetwork network = network(start, USUAL, Stage.CLASSIFIER)) {
      ofClassifier = network.momentum();
    }
    try (TrainableNetwork network = network(USUAL)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.restoreMomentum(ofClassifier))
          .withMessage(
              "Cannot go on training: the momentum is of other parameters than those being"
                  + " trained");
    }
  }

  @Test
  void refusesMomentumOfAnotherShape() {
    try (TrainableNetwork network = network(USUAL)) {
      Map<String, Tensor> momentum = new LinkedHashMap<>(network.momentum());
      momentum.put(Architecture.CLASSIFIER_WEIGHT, Tensor.ofFloats(new float[480], 1, 480));

      assertThatIllegalArgumentException().isThrownBy(() -> network.restoreMomentum(momentum));
    }
  }

  @Test
  void stopsAtALossThatIsNoNumber() {
    try (TrainableNetwork network = network(USUAL)) {
      network.step(crops, LABELS, 1e38);
      Map<String, Tensor> momentum = network.momentum();

      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> network.step(crops, LABELS, RATE))
          .withMessage("the loss is NaN");

      assertThat(network.momentum()).isEqualTo(momentum);
    }
  }

  @Test
  void givesNoWeightsThatAreNotFinite() {
    try (TrainableNetwork network = network(USUAL)) {
      network.step(crops, LABELS, 1e38);

      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(network::stateDict)
          .withMessage("first_conv.0.weight holds Infinity");
    }
  }

  @Test
  void leavesTheLibraryWithOneThread() {
    TrainableNetwork network = network(USUAL);
    assertThat(JniUtils.getNumThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());

    network.close();

    assertThat(JniUtils.getNumThreads()).isEqualTo(1);
  }

  private static Weights weights(TrainableNetwork network) {
    return Weights.of(network.stateDict(), "trained", "");
  }

  private static Map<String, Tensor> learned(TrainableNetwork network) {
    return learned(network.stateDict());
  }

  private static Map<String, Tensor> learned(Map<String, Tensor> stateDict) {
    Map<String, Tensor> learned = new LinkedHashMap<>(stateDict);
    learned.keySet().removeIf(Architecture::isStatistic);
    return learned;
  }
}
